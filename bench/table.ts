import type { Figures, Row } from './workload.ts'

const COLUMNS = ['workload', 'connections', 'ours', 'p50 ms', 'p99 ms', 'limit', 'ratio', 'µs service + db', 'goal'] as const

/** The rows as a Markdown table: medians, and in brackets the smallest and greatest of the rounds. */
export function tableOf(rows: readonly Row[]): string {
	const cells = rows.map((row) => [
		row.workload,
		row.connections === undefined ? '' : String(row.connections),
		`${withSpread(row.ours)} ${row.unit ?? '/s'}`,
		row.p50Ms ? numberOf(row.p50Ms.median) : '',
		row.p99Ms ? withSpread(row.p99Ms) : '',
		row.limit ? `${row.limit.name} ${withSpread(row.limit)}` : '',
		row.ratio ? withSpread(row.ratio) : '',
		row.processorUs ? `${numberOf(row.processorUs.service)} + ${numberOf(row.processorUs.database)}` : '',
		row.goal ?? '',
	])
	return markdownOf(COLUMNS, cells)
}

/** A table in Markdown whose columns are as wide as what stands in them. */
export function markdownOf(head: readonly string[], cells: readonly (readonly string[])[]): string {
	const widths = head.map((name, index) => Math.max(name.length, ...cells.map((line) => line[index]?.length ?? 0)))
	const lineOf = (line: readonly string[]) => `| ${line.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`
	return [lineOf(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...cells.map(lineOf)].join('\n')
}

function withSpread({ median, min, max }: Figures): string {
	return min === max ? numberOf(median) : `${numberOf(median)} (${numberOf(min)}–${numberOf(max)})`
}

const WHOLE_FROM = 100
const TENTHS_FROM = 10
const thousands = new Intl.NumberFormat('en')

function numberOf(value: number): string {
	if (value >= WHOLE_FROM) return thousands.format(Math.round(value))
	return value >= TENTHS_FROM ? value.toFixed(1) : value.toFixed(2)
}
