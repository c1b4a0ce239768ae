import { useId, useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Problem.tsx'
import { uiTexts } from '../ui/texts.ts'
import { useToasts } from '../ui/toasts.ts'
import { RoleField } from './RoleField.tsx'
import { type Member, useChange } from './staff.ts'
import { staffTexts } from './texts.ts'

export function ChangeRole({ member, onClose }: { member: Member; onClose: () => void }) {
	const t = useTexts(staffTexts)
	const ui = useTexts(uiTexts)
	const { done } = useToasts()
	const form = useId()
	const [role, setRole] = useState(member.role)
	const change = useChange(member.id)
	const same = role === member.role ? t.sameRole : undefined
	const onSuccess = () => {
		done(t.roleDone)
		onClose()
	}
	const actions = (
		<>
			<Button onClick={onClose}>{ui.cancel}</Button>
			<Button kind="primary" type="submit" form={form} busy={change.isPending} disabledReason={same}>
				{t.save}
			</Button>
		</>
	)
	return (
		<Dialog open onClose={onClose} title={t.roleTitle} lead={t.roleLead(member.email)} actions={actions}>
			<form
				id={form}
				onSubmit={(event) => {
					event.preventDefault()
					if (same === undefined && !change.isPending) change.mutate({ role }, { onSuccess })
				}}
			>
				<RoleField value={role} onChoose={setRole} />
			</form>
			<Problem error={change.error} />
		</Dialog>
	)
}
