import { useQuery } from '@tanstack/react-query'
import { useTexts } from '../i18n/texts.ts'
import { Select } from '../ui/Field.tsx'
import styles from './letters.module.css'
import { countsQuery, LETTER_STATES, type LetterSearch, type LetterState, type ListedLetter } from './letters.ts'
import { letterTexts, REASONS } from './texts.ts'

const STATE_NAMES = { open: 'open', replayed: 'replayed', dropped: 'dropped', any: 'anyState' } as const

/** Narrows the list by topic, reason and state. Topics are those of which something is known. */
export function LetterFilters({
	search,
	letters,
	onChange,
}: {
	search: LetterSearch
	letters: readonly ListedLetter[]
	onChange: (search: LetterSearch) => void
}) {
	const t = useTexts(letterTexts)
	const counts = useQuery(countsQuery).data?.data ?? []
	const { topic = '', reason = '' } = search
	const state: LetterState = search.state ?? 'open'
	const known = [...counts, ...letters].map((one) => one.topic)
	const topics = [...new Set([...known, topic])].filter(Boolean).toSorted()
	const put = (change: { topic?: string; reason?: string; state?: LetterState }) => {
		const next: { topic: string; reason: string; state: LetterState } = { topic, reason, state, ...change }
		onChange({
			...(next.topic && { topic: next.topic }),
			...(next.reason && { reason: next.reason }),
			...(next.state !== 'open' && { state: next.state }),
		})
	}
	return (
		<search className={styles['filters']}>
			<Select
				label={t.topic}
				value={topic}
				choices={[{ value: '', label: t.anyTopic }, ...topics.map((value) => ({ value, label: value }))]}
				onChoose={(value) => put({ topic: value })}
			/>
			<Select
				label={t.reason}
				value={reason}
				choices={[
					{ value: '', label: t.anyReason },
					...[...new Set([...REASONS, ...(reason ? [reason] : [])])].map((value) => ({ value, label: t.reasonOf(value) })),
				]}
				onChoose={(value) => put({ reason: value })}
			/>
			<Select
				label={t.state}
				value={state}
				choices={LETTER_STATES.map((value) => ({ value, label: t[STATE_NAMES[value]] }))}
				onChoose={(value) => put({ state: value })}
			/>
		</search>
	)
}
