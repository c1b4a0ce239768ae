import { useQuery } from '@tanstack/react-query'
import { type Formats, useFormats } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import { useRoleReason } from '../session/me.ts'
import { Button } from '../ui/Button.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Card } from '../ui/Page.tsx'
import { ErrorState, Loading } from '../ui/States.tsx'
import { useToasts } from '../ui/toasts.ts'
import { deviceOf } from './device.ts'
import { userTexts, type UserWords } from './texts.ts'
import { type Session, sessionsQuery, useEndSession, useSignOut } from './users.ts'
import styles from './users.module.css'

/** Where a user is signed in; one or all can be ended. */
export function UserSessions({ id }: { id: number }) {
	const t = useTexts(userTexts)
	const { done, failed } = useToasts()
	const reason = useRoleReason()('manager')
	const { data, error, refetch, isPending } = useQuery(sessionsQuery(id))
	const signOut = useSignOut(id)
	const sessions = data?.data ?? []
	const endAll = () => signOut.mutate(undefined, { onSuccess: () => done(t.signedOutAll), onError: failed })
	const all = sessions.length > 1 && (
		<Button size="small" disabledReason={reason} busy={signOut.isPending} onClick={endAll}>
			{t.signOutAll}
		</Button>
	)
	return (
		<Card title={t.sessions} actions={all}>
			{isPending && <Loading lines={2} />}
			{error && <ErrorState error={error} onRetry={() => void refetch()} />}
			{data && sessions.length === 0 && <p className={styles['quiet']}>{t.noSessions}</p>}
			{sessions.length > 0 && <Table id={id} sessions={sessions} reason={reason} />}
		</Card>
	)
}

type Ending = {
	readonly reason: string | undefined
	/** The session that is being ended. */
	readonly busy: string | undefined
	readonly end: (sessionId: string) => void
}

const columnsOf = (t: UserWords, { moment, day }: Formats, { reason, busy, end }: Ending): readonly Column<Session>[] => [
	{
		id: 'device',
		head: t.device,
		rowHead: true,
		cell: (session) => (
			<span className={styles['long']} title={session.user_agent ?? undefined}>
				{nameOf(session, t)}
			</span>
		),
	},
	{ id: 'since', head: t.signedIn, cell: ({ created_at }) => moment(created_at) },
	{ id: 'until', head: t.expires, cell: ({ expires_at }) => <span className={styles['day']}>{day(expires_at)}</span> },
	{
		id: 'end',
		head: t.action,
		cell: (session) => (
			<Button
				size="small"
				aria-label={t.signOutOf(nameOf(session, t))}
				disabledReason={reason}
				busy={busy === session.id}
				onClick={() => end(session.id)}
			>
				{t.signOut}
			</Button>
		),
	},
]

const nameOf = ({ user_agent }: Session, t: UserWords): string => (user_agent === null ? t.unknownDevice : deviceOf(user_agent))

function Table({ id, sessions, reason }: { id: number; sessions: readonly Session[]; reason: string | undefined }) {
	const t = useTexts(userTexts)
	const { done, failed } = useToasts()
	const ending = useEndSession(id)
	const columns = columnsOf(t, useFormats(), {
		reason,
		busy: ending.isPending ? ending.variables : undefined,
		end: (sessionId) => ending.mutate(sessionId, { onSuccess: () => done(t.signedOut), onError: failed }),
	})
	return <DataTable caption={t.sessions} rows={sessions} rowKey={(session) => session.id} columns={columns} />
}
