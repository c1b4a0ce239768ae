import { useTexts } from '../i18n/texts.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Problem.tsx'
import { uiTexts } from '../ui/texts.ts'
import { useToasts } from '../ui/toasts.ts'
import { type Member, useChange } from './staff.ts'
import { staffTexts } from './texts.ts'

export function Deactivate({ member, onClose }: { member: Member; onClose: () => void }) {
	const t = useTexts(staffTexts)
	const ui = useTexts(uiTexts)
	const { done } = useToasts()
	const change = useChange(member.id)
	const onSuccess = () => {
		done(t.deactivated)
		onClose()
	}
	const actions = (
		<>
			<Button onClick={onClose}>{ui.cancel}</Button>
			<Button kind="danger" busy={change.isPending} onClick={() => change.mutate({ active: false }, { onSuccess })}>
				{t.deactivate}
			</Button>
		</>
	)
	return (
		<Dialog open onClose={onClose} title={t.deactivateTitle} lead={t.deactivateLead(member.email)} actions={actions}>
			<Problem error={change.error} />
		</Dialog>
	)
}
