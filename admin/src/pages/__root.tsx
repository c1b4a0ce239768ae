import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router'
import { useTexts } from '../i18n/texts.ts'
import { shellTexts } from '../shell/texts.ts'
import { LinkButton } from '../ui/LinkButton.tsx'
import { EmptyState } from '../ui/States.tsx'

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
	component: Outlet,
	notFoundComponent: NotFound,
})

function NotFound() {
	const t = useTexts(shellTexts)
	return (
		<main>
			<EmptyState title={t.noPage} action={<LinkButton to="/">{t.toStart}</LinkButton>} />
		</main>
	)
}
