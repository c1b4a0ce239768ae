import { createFileRoute } from '@tanstack/react-router'
import { useTexts } from '../../../i18n/texts.ts'
import { shellTexts } from '../../../shell/texts.ts'
import { Page } from '../../../ui/Page.tsx'

export const Route = createFileRoute('/_desk/users/$id')({ component: Screen })

function Screen() {
	const t = useTexts(shellTexts)
	return <Page title={t.users}>{null}</Page>
}
