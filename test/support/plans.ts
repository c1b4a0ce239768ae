import type { Sql } from '../../src/platform/db/database.ts'

/** A node of a plan as `auto_explain` tells of it, after the statement has run. */
type Node = {
	readonly 'Node Type': string
	readonly 'Relation Name'?: string
	readonly 'Index Name'?: string
	readonly 'Index Cond'?: string
	readonly Filter?: string
	readonly 'Actual Rows': number
	readonly 'Actual Loops': number
	readonly 'Rows Removed by Filter'?: number
	readonly 'Rows Removed by Index Recheck'?: number
	readonly Plans?: readonly Node[]
}
export type Plan = { readonly 'Query Text': string; readonly Plan: Node }

/** Tables that grow with the shop. */
const LARGE: ReadonlySet<string> = new Set([
	'audit_log',
	'dead_letters',
	'orders',
	'order_lines',
	'order_history',
	'deliveries',
	'products',
	'customers',
	'sessions',
	'carts',
	'outbox',
	'order_stats_steps',
	'order_stats_stays',
])
/** What one node of a plan may read or sort: a bound of the statements themselves, whatever the tables hold. */
const ROWS_MAX = 12_000

/** Has the database tell the plan of every statement of every new connection as a notice, the product's own statements so. */
export async function tellPlans(sql: Sql): Promise<void> {
	const [{ name }] = await sql<[{ name: string }]>`select current_database() as name`
	for (const [setting, value] of Object.entries({
		session_preload_libraries: 'auto_explain',
		'auto_explain.log_min_duration': '0',
		'auto_explain.log_analyze': 'on',
		'auto_explain.log_timing': 'off',
		'auto_explain.log_format': 'json',
		'auto_explain.log_level': 'notice',
		'auto_explain.log_nested_statements': 'on',
	})) {
		await sql.unsafe(`alter database ${name} set ${setting} = '${value}'`)
	}
}

/** The destination of a service's log at level `debug`, where notices stand, and the plans that it has told since they were taken. */
export function listenForPlans() {
	let plans: Plan[] = []
	return {
		logTo: {
			write(line: string): void {
				const notice: unknown = JSON.parse(line).notice
				const found = typeof notice === 'string' ? /^duration: [\d.]+ ms {2}plan:\n(.*)$/s.exec(notice)?.[1] : undefined
				if (found !== undefined) plans.push(JSON.parse(found))
			},
		},
		take(): Plan[] {
			const taken = plans
			plans = []
			return taken
		},
	}
}

/** What is wrong with a plan, in words: a large table read from end to end, or more rows read or sorted than a page can need. */
export function faultsOf({ 'Query Text': text, Plan: root }: Plan): string[] {
	const statement = text.replaceAll(/\s+/g, ' ').trim()
	// Asked what it would cost, and not carried out.
	if (statement.startsWith('explain')) return []
	return nodesOf(root).flatMap((node) => {
		const { 'Node Type': type, 'Relation Name': table } = node
		// Planned for a case that did not come.
		if (node['Actual Loops'] === 0) return []
		if (type === 'Seq Scan' && table !== undefined && LARGE.has(table)) return [`reads all of ${table}: ${statement}`]
		const rows = rowsOf(node)
		const by = node['Index Name'] === undefined ? '' : ` by ${node['Index Name']}`
		return rows > ROWS_MAX ? [`${type}${by} goes through ${rows} rows: ${statement}`] : []
	})
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** The rows that the busiest part of a plan went through. */
export const rowsOfPlan = ({ Plan: root }: Plan): number => Math.max(...nodesOf(root).map(rowsOf))

/** What the node gave and what it threw away; of a sort, what was sorted. */
function rowsOf(node: Node): number {
	const sorted = node['Node Type'].includes('Sort') ? (node.Plans ?? []).map(givenBy) : []
	const thrownAway = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
	return Math.max(givenBy(node) + thrownAway * node['Actual Loops'], ...sorted)
}

const givenBy = (node: Node): number => node['Actual Rows'] * node['Actual Loops']

/** Large tables that a plan reads from end to end, but for those that are gone along in an order until a limit ends it. */
export function readsOf({ 'Query Text': text, Plan: root }: Plan): string[] {
	const statement = text.replaceAll(/\s+/g, ' ').trim()
	if (statement.startsWith('explain')) return []
	const reads = (node: Node, limited: boolean): string[] => {
		const { 'Node Type': type, 'Relation Name': table = '' } = node
		const goneAlong = limited && type.startsWith('Index') && node.Filter === undefined
		const whole = type.endsWith('Scan') && LARGE.has(table) && node['Index Cond'] === undefined && !goneAlong
		const below = (node.Plans ?? []).flatMap((one) => reads(one, limited || type === 'Limit'))
		return whole ? [`${type} reads all of ${table}: ${statement}`, ...below] : below
	}
	return reads(root, false)
}
