import { type Formats, useFormats } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Card } from '../ui/Page.tsx'
import type { Stats } from './stats.ts'
import styles from './Today.module.css'
import { todayTexts, type Words } from './texts.ts'

type Stay = Stats['stays'][number]

/** How long orders that went on had been in each status. */
export function Stays({ stats: { stays } }: { stats: Stats }) {
	const t = useTexts(todayTexts)
	const formats = useFormats()
	const longest = Math.max(...stays.map(({ p90_s: p90, mean_s: mean }) => Math.max(p90 ?? 0, mean ?? 0)))
	return (
		<Card title={t.stays}>
			<p className={styles['hint']}>{t.staysHint}</p>
			{stays.every(({ orders }) => orders === 0) ? (
				<p>{t.staysNone}</p>
			) : (
				<DataTable caption={t.stays} columns={columnsOf(t, formats, longest)} rows={stays} rowKey={({ status }) => status} />
			)}
		</Card>
	)
}

function columnsOf(t: Words, { number, duration }: Formats, longest: number): Column<Stay>[] {
	const time = (seconds: number | null) => (seconds === null ? '—' : duration(seconds))
	return [
		{ id: 'status', head: t.status, rowHead: true, cell: ({ status }) => t[status] },
		{ id: 'bar', head: t.medianAndMost, cell: (stay) => <Bar stay={stay} longest={longest} /> },
		{ id: 'orders', head: t.left, numeric: true, cell: ({ orders }) => number(orders) },
		{ id: 'mean', head: t.mean, numeric: true, cell: ({ mean_s: mean }) => time(mean) },
		{ id: 'median', head: t.median, numeric: true, cell: ({ median_s: median }) => time(median) },
		{ id: 'p90', head: t.most, numeric: true, cell: ({ p90_s: p90 }) => time(p90) },
	]
}

/** Half of the orders, and nine tenths of them, as lengths; in figures they stand beside it. */
function Bar({ stay: { median_s: median, p90_s: p90 }, longest }: { stay: Stay; longest: number }) {
	const width = (seconds: number | null) => `${longest === 0 ? 0 : (100 * (seconds ?? 0)) / longest}%`
	return (
		<div className={styles['bar']} aria-hidden>
			<div className={styles['barMost']} style={{ inlineSize: width(p90) }} />
			<div className={styles['barHalf']} style={{ inlineSize: width(median) }} />
		</div>
	)
}
