import { useId, useState } from 'react'
import { useFieldErrors } from '../api/problems.ts'
import { useTexts } from '../i18n/texts.ts'
import type { Role } from '../session/roles.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { Problem } from '../ui/Problem.tsx'
import { uiTexts } from '../ui/texts.ts'
import { LinkMade } from './LinkMade.tsx'
import { RoleField } from './RoleField.tsx'
import { useInvite } from './staff.ts'
import styles from './staff.module.css'
import { staffTexts } from './texts.ts'

/** Asks whom to invite as what, and shows the link. */
export function InviteStaff({ onClose }: { onClose: () => void }) {
	const t = useTexts(staffTexts)
	const ui = useTexts(uiTexts)
	const form = useId()
	const fieldErrors = useFieldErrors()
	const [email, setEmail] = useState('')
	const [role, setRole] = useState<Role>('operator')
	const invite = useInvite()
	if (invite.data) return <LinkMade title={t.inviteTitle} email={invite.data.email} link={invite.data.link} onClose={onClose} />
	const errors = fieldErrors(invite.error)
	const actions = (
		<>
			<Button onClick={onClose}>{ui.cancel}</Button>
			<Button kind="primary" type="submit" form={form} busy={invite.isPending}>
				{t.inviteMake}
			</Button>
		</>
	)
	return (
		<Dialog open onClose={onClose} title={t.inviteTitle} lead={t.inviteLead} actions={actions}>
			<form
				id={form}
				className={styles['form']}
				onSubmit={(event) => {
					event.preventDefault()
					if (!invite.isPending) invite.mutate({ email: email.trim(), role })
				}}
			>
				<TextField
					label={t.email}
					error={errors['email']}
					type="email"
					autoComplete="off"
					maxLength={254}
					required
					autoFocus
					value={email}
					onChange={({ target }) => setEmail(target.value)}
				/>
				<RoleField value={role} onChoose={setRole} />
			</form>
			{Object.keys(errors).length === 0 && <Problem error={invite.error} />}
		</Dialog>
	)
}
