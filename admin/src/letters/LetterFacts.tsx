import { Link } from '@tanstack/react-router'
import { useFormats } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import { Badge } from '../ui/Badge.tsx'
import { Card, Facts } from '../ui/Page.tsx'
import styles from './letters.module.css'
import type { Letter } from './letters.ts'
import { StateBadge } from './StateBadge.tsx'
import { letterTexts } from './texts.ts'

/** What a letter is, why it was put aside, and what has become of it. */
export function LetterFacts({ letter }: { letter: Letter }) {
	const t = useTexts(letterTexts)
	const formats = useFormats()
	const { partition, offset, published_at, decided_at, decided_by, replay, replay_of, type, event_id } = letter
	return (
		<Card title={t.about}>
			<Facts
				facts={[
					[t.state, <StateBadge key="state" state={letter.state} />],
					decided_at !== null && [t.decided, t.decidedBy(decided_by?.email ?? t.nobody, formats.moment(decided_at))],
					replay !== null && [t.cameBack, <LetterLink key="replay" id={replay} />],
					replay_of !== null && [t.replayOf, <LetterLink key="of" id={replay_of} />],
					[
						t.reason,
						<div key="reason">
							<Badge tone="warning">{t.reasonOf(letter.reason)}</Badge>
							<div className={styles['message']}>{letter.message}</div>
						</div>,
					],
					[t.direction, letter.direction === 'in' ? t.in : t.out],
					[t.topic, <code key="topic">{letter.topic}</code>],
					partition !== null && offset !== null && [t.place, t.placeOf(partition, offset)],
					type !== null && [t.event, <code key="type">{type}</code>],
					event_id !== null && ['ce_id', <code key="event">{event_id}</code>],
					[
						t.key,
						letter.key === null ? (
							t.noKey
						) : (
							<code key="key" className={styles['key']}>
								{letter.key}
							</code>
						),
					],
					[t.size, formats.bytes(letter.bytes)],
					[t.attempts, formats.number(letter.attempts)],
					published_at !== null && [t.published, formats.moment(published_at)],
					[t.putAside, formats.moment(letter.at)],
				]}
			/>
		</Card>
	)
}

function LetterLink({ id }: { id: number }) {
	const t = useTexts(letterTexts)
	return (
		<Link to="/dead-letters/$id" params={{ id: String(id) }}>
			{t.number(id)}
		</Link>
	)
}
