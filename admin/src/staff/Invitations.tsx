import { useInfiniteQuery } from '@tanstack/react-query'
import { type Formats, useFormats } from '../i18n/formats.ts'
import { useTexts, type WordsOf } from '../i18n/texts.ts'
import { sessionTexts } from '../session/texts.ts'
import { Button } from '../ui/Button.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { MorePages } from '../ui/MorePages.tsx'
import { Card } from '../ui/Page.tsx'
import { ErrorState, Loading } from '../ui/States.tsx'
import { useToasts } from '../ui/toasts.ts'
import { type Invitation, invitationsQuery, useWithdraw } from './staff.ts'
import styles from './staff.module.css'
import { staffTexts } from './texts.ts'

/** Whom a link waits for. */
export function Invitations() {
	const t = useTexts(staffTexts)
	const list = useInfiniteQuery(invitationsQuery)
	const invitations = list.data?.pages.flatMap(({ data }) => data) ?? []
	return (
		<Card title={t.invitations}>
			{list.isPending && <Loading lines={2} />}
			{list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
			{list.data && invitations.length === 0 && <p className={styles['quiet']}>{t.noInvitations}</p>}
			{invitations.length > 0 && (
				<>
					<Table invitations={invitations} />
					<MorePages {...list} />
				</>
			)}
		</Card>
	)
}

function Table({ invitations }: { invitations: readonly Invitation[] }) {
	const t = useTexts(staffTexts)
	const names = useTexts(sessionTexts)
	const { moment } = useFormats()
	return <DataTable caption={t.invitations} rows={invitations} rowKey={({ id }) => id} columns={columnsOf(t, names, moment)} />
}

function Withdraw({ invitation: { id, email } }: { invitation: Invitation }) {
	const t = useTexts(staffTexts)
	const { done, failed } = useToasts()
	const withdraw = useWithdraw()
	const press = () => withdraw.mutate(id, { onSuccess: () => done(t.withdrawn), onError: failed })
	return (
		<Button size="small" aria-label={t.withdrawOf(email)} busy={withdraw.isPending} onClick={press}>
			{t.withdraw}
		</Button>
	)
}

type Words = WordsOf<typeof staffTexts>
type Roles = WordsOf<typeof sessionTexts>

const columnsOf = (t: Words, names: Roles, moment: Formats['moment']): readonly Column<Invitation>[] => [
	{ id: 'email', head: t.email, rowHead: true, cell: ({ email }) => <span className={styles['long']}>{email}</span> },
	{ id: 'role', head: t.role, cell: ({ role }) => names[role] },
	{
		id: 'by',
		head: t.invitedBy,
		cell: ({ invited_by: by }) => <span className={styles['long']}>{by ?? t.commandLine}</span>,
	},
	{ id: 'until', head: t.until, cell: ({ expires_at: until }) => moment(until) },
	{ id: 'actions', head: t.actions, cell: (invitation) => <Withdraw invitation={invitation} /> },
]
