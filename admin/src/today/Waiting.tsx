import type { ReactNode } from 'react'
import { type Formats, useFormats } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import { useMe } from '../session/me.ts'
import { mayAs } from '../session/roles.ts'
import { Badge } from '../ui/Badge.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Card } from '../ui/Page.tsx'
import type { Stats } from './stats.ts'
import styles from './Today.module.css'
import { todayTexts, type Words } from './texts.ts'

type Queue = {
	readonly id: string
	readonly name: ReactNode
	readonly waiting: number | null
	readonly oldestAt: string | null
}
/** Fewer than this come and go all the time. */
const MANY = 1_000
/** What the service counts up to. */
const COUNTED_MAX = 10_000

/** How far the shop is behind what it is told, and the others behind what it tells. */
export function Waiting({ stats: { inbound, outbox, dead_letters: letters } }: { stats: Stats }) {
	const t = useTexts(todayTexts)
	const formats = useFormats()
	const names = [t.products, t.orderStatus, t.tracking]
	const queues: Queue[] = [
		...inbound.map(({ topic, waiting, oldest_at: oldestAt }, index) => ({
			id: topic,
			name: <Named name={names[index] ?? topic} topic={topic} />,
			waiting,
			oldestAt,
		})),
		{ id: 'outbox', name: t.outbox, waiting: outbox.waiting, oldestAt: outbox.oldest_at },
	]
	return (
		<Card title={t.queues}>
			<p className={styles['hint']}>{t.queuesHint}</p>
			{letters > 0 && <Letters letters={letters} />}
			<DataTable caption={t.queues} columns={columnsOf(t, formats)} rows={queues} rowKey={({ id }) => id} />
		</Card>
	)
}

function columnsOf(t: Words, { number, ago }: Formats): Column<Queue>[] {
	return [
		{ id: 'name', head: t.queue, rowHead: true, cell: ({ name }) => name },
		{ id: 'state', head: t.state, cell: ({ waiting }) => <State waiting={waiting} /> },
		{
			id: 'waiting',
			head: t.waiting,
			numeric: true,
			cell: ({ waiting }) => (waiting === null ? '—' : waiting >= COUNTED_MAX ? t.atLeast(number(waiting)) : number(waiting)),
		},
		{ id: 'oldest', head: t.oldest, numeric: true, cell: ({ oldestAt }) => (oldestAt === null ? '—' : ago(oldestAt)) },
	]
}

const Named = ({ name, topic }: { name: string; topic: string }) => (
	<>
		{name}
		<span className={styles['topic']}>{topic}</span>
	</>
)

/** Somebody must decide on them; only some may. */
function Letters({ letters }: { letters: number }) {
	const t = useTexts(todayTexts)
	const { role } = useMe()
	return (
		<div className={styles['letters']}>
			<Badge tone="warning">{t.letters(letters)}</Badge>
			{mayAs(role, 'operator') && (
				<LinkButton to="/dead-letters" kind="quiet">
					{t.lookAtLetters}
				</LinkButton>
			)}
		</div>
	)
}

function State({ waiting }: { waiting: number | null }) {
	const t = useTexts(todayTexts)
	if (waiting === null) return <Badge tone="danger">{t.unknown}</Badge>
	if (waiting >= MANY) return <Badge tone="warning">{t.behind}</Badge>
	return <Badge tone="accent">{t.inTime}</Badge>
}
