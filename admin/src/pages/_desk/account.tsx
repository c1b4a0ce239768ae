import { createFileRoute } from '@tanstack/react-router'
import { ChangePassword } from '../../account/ChangePassword.tsx'
import { OwnSessions } from '../../account/OwnSessions.tsx'
import { accountTexts } from '../../account/texts.ts'
import { useTexts } from '../../i18n/texts.ts'
import { useMe } from '../../session/me.ts'
import { sessionTexts } from '../../session/texts.ts'
import { shellTexts } from '../../shell/texts.ts'
import { Card, Columns, Facts, Page, Stack } from '../../ui/Page.tsx'

export const Route = createFileRoute('/_desk/account')({ component: Screen })

function Screen() {
	const t = useTexts(accountTexts)
	const shell = useTexts(shellTexts)
	const names = useTexts(sessionTexts)
	const { email, role } = useMe()
	return (
		<Page title={shell.account}>
			<Columns wide="first">
				<Stack>
					<Card title={t.me}>
						<Facts
							facts={[
								[t.email, email],
								[t.role, names[role]],
							]}
						/>
					</Card>
					<OwnSessions />
				</Stack>
				<ChangePassword />
			</Columns>
		</Page>
	)
}
