import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router'
import { useTexts } from '../i18n/texts.ts'
import { shellTexts } from '../shell/texts.ts'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Page } from '../ui/Page.tsx'

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
	component: Outlet,
	notFoundComponent: NotFound,
})

function NotFound() {
	const t = useTexts(shellTexts)
	return (
		<main>
			<Page title={t.noPage}>
				<LinkButton to="/">{t.toStart}</LinkButton>
			</Page>
		</main>
	)
}
