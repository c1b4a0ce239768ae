import { createFileRoute } from '@tanstack/react-router'
import { useTexts } from '../../../i18n/texts.ts'
import { ProductScreen } from '../../../products/ProductScreen.tsx'
import { Page } from '../../../ui/Page.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { shellTexts } from '../../../shell/texts.ts'
import { uiTexts } from '../../../ui/texts.ts'

export const Route = createFileRoute('/_desk/products/$id')({ component: Screen })

function Screen() {
	const t = useTexts(uiTexts)
	const shell = useTexts(shellTexts)
	const { id } = Route.useParams()
	if (/^(0|[1-9]\d{0,14})$/.test(id)) return <ProductScreen key={id} id={Number(id)} />
	return (
		<Page title={shell.products}>
			<EmptyState title={t.notFound}>{t.notFoundText}</EmptyState>
		</Page>
	)
}
