import { useQuery } from '@tanstack/react-query'
import { type Formats, useFormats } from '../i18n/formats.ts'
import { useTexts, type WordsOf } from '../i18n/texts.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Card } from '../ui/Page.tsx'
import { ErrorState, Loading } from '../ui/States.tsx'
import { useToasts } from '../ui/toasts.ts'
import { type Session, sessionsQuery, useEndSession } from './account.ts'
import styles from './account.module.css'
import { accountTexts } from './texts.ts'

/** Where one is signed in oneself; any session but this one can be ended. */
export function OwnSessions() {
	const t = useTexts(accountTexts)
	const { data, error, isPending, refetch } = useQuery(sessionsQuery)
	return (
		<Card title={t.sessions}>
			{isPending && <Loading lines={2} />}
			{error && <ErrorState error={error} onRetry={() => void refetch()} />}
			{data && <Table sessions={data.data} />}
		</Card>
	)
}

function Table({ sessions }: { sessions: readonly Session[] }) {
	const t = useTexts(accountTexts)
	const { moment } = useFormats()
	return <DataTable caption={t.sessions} rows={sessions} rowKey={({ id }) => id} columns={columnsOf(t, moment)} />
}

function End({ session: { id, user_agent: agent, current } }: { session: Session }) {
	const t = useTexts(accountTexts)
	const { done, failed } = useToasts()
	const end = useEndSession()
	const press = () => end.mutate(id, { onSuccess: () => done(t.ended), onError: failed })
	return (
		<Button
			size="small"
			aria-label={t.endOf(agent ?? t.unknownDevice)}
			disabledReason={current ? t.useSignOut : undefined}
			busy={end.isPending}
			onClick={press}
		>
			{t.end}
		</Button>
	)
}

type Words = WordsOf<typeof accountTexts>

const columnsOf = (t: Words, moment: Formats['moment']): readonly Column<Session>[] => [
	{
		id: 'device',
		head: t.device,
		rowHead: true,
		cell: ({ user_agent: agent, current }) => (
			<span className={styles['name']}>
				<span className={styles['long']}>{agent ?? t.unknownDevice}</span>
				{current && <Badge tone="accent">{t.current}</Badge>}
			</span>
		),
	},
	{ id: 'since', head: t.since, cell: ({ created_at: since }) => moment(since) },
	{ id: 'until', head: t.until, cell: ({ expires_at: until }) => moment(until) },
	{ id: 'actions', head: t.actions, cell: (session) => <End session={session} /> },
]
