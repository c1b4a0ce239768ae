import { useState } from 'react'
import { useFormats } from '../i18n/formats.ts'
import { useTexts, type WordsOf } from '../i18n/texts.ts'
import { useMe } from '../session/me.ts'
import { sessionTexts } from '../session/texts.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { useToasts } from '../ui/toasts.ts'
import { ChangeRole } from './ChangeRole.tsx'
import { Deactivate } from './Deactivate.tsx'
import { ResetStaff } from './ResetStaff.tsx'
import { type Member, useChange } from './staff.ts'
import styles from './staff.module.css'
import { staffTexts } from './texts.ts'

export function StaffTable({ members }: { members: readonly Member[] }) {
	const t = useTexts(staffTexts)
	const names = useTexts(sessionTexts)
	return <DataTable caption={t.list} rows={members} rowKey={({ id }) => id} columns={columnsOf(t, names)} />
}

function Name({ member }: { member: Member }) {
	const t = useTexts(staffTexts)
	const me = useMe()
	return (
		<span className={styles['name']}>
			<span className={styles['long']}>{member.email}</span>
			{member.id === me.id && <Badge tone="accent">{t.you}</Badge>}
			{!member.active && <Badge tone="danger">{t.inactive}</Badge>}
		</span>
	)
}

function LastSignIn({ member: { last_signed_in_at: last, sessions, reset_expires_at: reset } }: { member: Member }) {
	const t = useTexts(staffTexts)
	const { moment } = useFormats()
	return (
		<>
			{last === null ? t.never : moment(last)}
			<p className={styles['more']}>{t.sessions(sessions)}</p>
			{reset !== null && <p className={styles['more']}>{t.resetUntil(moment(reset))}</p>}
		</>
	)
}

function Actions({ member }: { member: Member }) {
	const t = useTexts(staffTexts)
	const [open, setOpen] = useState<'role' | 'deactivate' | 'reset'>()
	const close = () => setOpen(undefined)
	const { email, active } = member
	return (
		<div className={styles['actions']}>
			<Button size="small" aria-label={t.changeRoleOf(email)} onClick={() => setOpen('role')}>
				{t.changeRole}
			</Button>
			<Button
				size="small"
				aria-label={t.resetOf(email)}
				disabledReason={active ? undefined : t.needActive}
				onClick={() => setOpen('reset')}
			>
				{t.reset}
			</Button>
			{active ? (
				<Button size="small" aria-label={t.deactivateOf(email)} onClick={() => setOpen('deactivate')}>
					{t.deactivate}
				</Button>
			) : (
				<Reactivate member={member} />
			)}
			{open === 'role' && <ChangeRole member={member} onClose={close} />}
			{open === 'reset' && <ResetStaff member={member} onClose={close} />}
			{open === 'deactivate' && <Deactivate member={member} onClose={close} />}
		</div>
	)
}

function Reactivate({ member: { id, email } }: { member: Member }) {
	const t = useTexts(staffTexts)
	const { done, failed } = useToasts()
	const change = useChange(id)
	const reactivate = () => change.mutate({ active: true }, { onSuccess: () => done(t.reactivated), onError: failed })
	return (
		<Button size="small" aria-label={t.reactivateOf(email)} busy={change.isPending} onClick={reactivate}>
			{t.reactivate}
		</Button>
	)
}

type Words = WordsOf<typeof staffTexts>
type Roles = WordsOf<typeof sessionTexts>

const columnsOf = (t: Words, names: Roles): readonly Column<Member>[] => [
	{ id: 'email', head: t.email, rowHead: true, cell: (member) => <Name member={member} /> },
	{ id: 'role', head: t.role, cell: ({ role }) => names[role] },
	{
		id: 'factor',
		head: t.secondFactor,
		cell: ({ second_factor: { recovery_codes_left: left } }) => (
			<>
				{t.app}
				<p className={styles['more']}>{t.codesLeft(left)}</p>
			</>
		),
	},
	{ id: 'last', head: t.lastSignIn, cell: (member) => <LastSignIn member={member} /> },
	{ id: 'actions', head: t.actions, cell: (member) => <Actions member={member} /> },
]
