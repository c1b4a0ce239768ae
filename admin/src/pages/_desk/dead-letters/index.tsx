import { createFileRoute } from '@tanstack/react-router'
import { useTexts } from '../../../i18n/texts.ts'
import { shellTexts } from '../../../shell/texts.ts'
import { Page } from '../../../ui/Page.tsx'

export const Route = createFileRoute('/_desk/dead-letters/')({ component: Screen })

function Screen() {
	const t = useTexts(shellTexts)
	return <Page title={t.deadLetters}>{null}</Page>
}
