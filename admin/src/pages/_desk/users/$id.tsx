import { createFileRoute } from '@tanstack/react-router'
import { useTexts } from '../../../i18n/texts.ts'
import { shellTexts } from '../../../shell/texts.ts'
import { Page } from '../../../ui/Page.tsx'
import { EmptyState } from '../../../ui/States.tsx'
import { uiTexts } from '../../../ui/texts.ts'
import { UserScreen } from '../../../users/UserScreen.tsx'

export const Route = createFileRoute('/_desk/users/$id')({ component: Screen })

function Screen() {
	const { id } = Route.useParams()
	return /^[1-9]\d{0,14}$/.test(id) ? <UserScreen key={id} id={Number(id)} /> : <Nobody />
}

/** What stands in the address is no number of a user. */
function Nobody() {
	const t = useTexts(uiTexts)
	const shell = useTexts(shellTexts)
	return (
		<Page title={shell.users}>
			<EmptyState title={t.notFound}>{t.notFoundText}</EmptyState>
		</Page>
	)
}
