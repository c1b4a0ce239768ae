import { useTexts } from '../i18n/texts.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Problem.tsx'
import { uiTexts } from '../ui/texts.ts'
import { LinkMade } from './LinkMade.tsx'
import { type Member, useReset } from './staff.ts'
import { staffTexts } from './texts.ts'

/** Makes a link for new credentials, and shows it. */
export function ResetStaff({ member: { id, email }, onClose }: { member: Member; onClose: () => void }) {
	const t = useTexts(staffTexts)
	const ui = useTexts(uiTexts)
	const reset = useReset(id)
	if (reset.data) return <LinkMade title={t.resetTitle} email={email} link={reset.data.link} onClose={onClose} />
	const actions = (
		<>
			<Button onClick={onClose}>{ui.cancel}</Button>
			<Button kind="primary" busy={reset.isPending} onClick={() => reset.mutate()}>
				{t.resetMake}
			</Button>
		</>
	)
	return (
		<Dialog open onClose={onClose} title={t.resetTitle} lead={t.resetLead(email)} actions={actions}>
			<Problem error={reset.error} />
		</Dialog>
	)
}
