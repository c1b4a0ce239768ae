import { Link } from '@tanstack/react-router'
import { type Formats, useFormats } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import { Badge } from '../ui/Badge.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Checkbox } from '../ui/Field.tsx'
import styles from './letters.module.css'
import type { ListedLetter } from './letters.ts'
import { StateBadge } from './StateBadge.tsx'
import { type LetterWords, letterTexts } from './texts.ts'

type Selecting = {
	readonly selected: ReadonlySet<number>
	readonly onSelect: (id: number, on: boolean) => void
}

const columnsOf = (t: LetterWords, formats: Formats, { selected, onSelect }: Selecting): readonly Column<ListedLetter>[] => [
	{
		id: 'select',
		head: t.select,
		cell: ({ id, state }) =>
			state === 'open' && (
				<Checkbox
					label={t.selectOne(id)}
					hideLabel
					checked={selected.has(id)}
					onChange={({ target }) => onSelect(id, target.checked)}
				/>
			),
	},
	{
		id: 'letter',
		head: t.letter,
		rowHead: true,
		cell: (letter) => (
			<>
				<Link to="/dead-letters/$id" params={{ id: String(letter.id) }}>
					{t.number(letter.id)}
				</Link>
				<div className={styles['quiet']}>
					{letter.direction === 'in' ? t.in : t.out} · {letter.topic}
				</div>
			</>
		),
	},
	{ id: 'key', head: t.key, cell: ({ key }) => (key === null ? t.noKey : <code className={styles['key']}>{key}</code>) },
	{
		id: 'reason',
		head: t.reason,
		cell: ({ reason, message }) => (
			<>
				<Badge tone="warning">{t.reasonOf(reason)}</Badge>
				<div className={styles['message']}>{message}</div>
			</>
		),
	},
	{ id: 'state', head: t.state, cell: ({ state }) => <StateBadge state={state} /> },
	{ id: 'attempts', head: t.attempts, numeric: true, cell: ({ attempts }) => formats.number(attempts) },
	{ id: 'size', head: t.size, numeric: true, cell: ({ bytes }) => formats.bytes(bytes) },
	{
		id: 'when',
		head: t.when,
		cell: ({ at }) => (
			<time dateTime={at} title={formats.moment(at)}>
				{formats.ago(at)}
			</time>
		),
	},
]

/** The letters; those that wait for a decision can be selected. */
export function LetterTable({ letters, selected, onSelect }: Selecting & { letters: readonly ListedLetter[] }) {
	const t = useTexts(letterTexts)
	const formats = useFormats()
	return (
		<DataTable caption={t.table} columns={columnsOf(t, formats, { selected, onSelect })} rows={letters} rowKey={({ id }) => id} />
	)
}
