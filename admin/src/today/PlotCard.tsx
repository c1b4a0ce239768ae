import { lazy, Suspense, useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Card } from '../ui/Page.tsx'
import { classes } from '../ui/classes.ts'
import type { Line } from './Plot.tsx'
import styles from './Today.module.css'
import { todayTexts } from './texts.ts'

/** Brought when it is there to be seen: the figures come first. */
const Plot = lazy(() => import('./Plot.tsx'))

/** What can't be changed in a plot that is there, as its `key`. */
const shapeOf = ({ bars, lines }: { bars: boolean; lines: readonly Line[] }): string =>
	JSON.stringify([bars, lines.map(({ label, tone, dashed }) => [label, tone, dashed])])

type Row = { readonly moment: number; readonly index: number }

/** A plot with what its lines are, what is pointed at in words, and the same as a table. */
export function PlotCard({
	title,
	moments,
	lines,
	bars,
	tick,
	name,
	value,
	amount,
}: {
	title: string
	moments: readonly number[]
	lines: readonly Line[]
	bars: boolean
	/** Of the axis. */
	tick: (moment: number) => string
	/** Of a row, or what is pointed at. */
	name: (moment: number) => string
	value: (value: number) => string
	/** Of the axis: short. */
	amount: (value: number) => string
}) {
	const t = useTexts(todayTexts)
	const [pointed, setPointed] = useState<number | null>(null)
	const valueAt = ({ values }: Line, index: number): string => {
		const found = values[index] ?? null
		return found === null ? '—' : value(found)
	}
	const rows = moments
		.map((moment, index) => ({ moment, index }))
		.filter(({ index }) => (lines[0]?.values[index] ?? null) !== null)
	const columns: Column<Row>[] = [
		{ id: 'at', head: t.time, rowHead: true, cell: ({ moment }) => name(moment) },
		...lines.map((line) => ({ id: line.label, head: line.label, numeric: true, cell: ({ index }: Row) => valueAt(line, index) })),
	]
	const at = pointed === null ? undefined : moments[pointed]
	return (
		<Card title={title}>
			<ul className={styles['legend']}>
				{lines.map((line) => (
					<li key={line.label}>
						<span className={classes(styles['key'], styles[line.tone], line.dashed && styles['dashed'])} />
						{line.label}
					</li>
				))}
			</ul>
			<Suspense fallback={<div className={styles['plotPlace']} />}>
				<Plot
					key={shapeOf({ bars, lines })}
					moments={moments}
					lines={lines}
					bars={bars}
					tick={tick}
					amount={amount}
					onPoint={setPointed}
				/>
			</Suspense>
			<p className={styles['pointed']} aria-hidden>
				{at === undefined || pointed === null
					? t.pointHint
					: `${name(at)}: ${lines.map((line) => `${line.label.toLocaleLowerCase()} — ${valueAt(line, pointed)}`).join(', ')}`}
			</p>
			<details className={styles['details']}>
				<summary>{t.asTable}</summary>
				<DataTable caption={title} columns={columns} rows={rows.toReversed()} rowKey={({ moment }) => moment} />
			</details>
		</Card>
	)
}
