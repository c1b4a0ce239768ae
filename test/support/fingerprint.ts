import type { Sql } from '../../src/platform/db/database.ts'

/**
 * What may change though a request is refused, or because of what came before it: events on their way, tries that are
 * counted, refusals, looks and exports that are noted, reports that are made, figures that are added up, word of changes that is
 * cleaned up.
 */
const RESTLESS = [
	'outbox',
	'outbox_dead',
	'dead_letters',
	'topics',
	'topic_messages',
	'topic_offsets',
	'inbox',
	'login_codes',
	'login_code_sends',
	'login_failures',
	'staff_sign_in_failures',
	'order_refusals',
	'catalog_changes',
	'live_changes',
	'reports',
	'audit_log',
	'order_stats_now',
	'order_stats_pending',
	'order_stats_stays',
	'order_stats_steps',
]

/** Gives a hash of each table of the shop: two that are equal say that nothing has changed. */
export async function createFingerprint(sql: Sql): Promise<() => Promise<Readonly<Record<string, string>>>> {
	const tables = await sql<{ name: string }[]>`
		select table_name as name from information_schema.tables
		where table_schema = 'public' and table_type = 'BASE TABLE' and not table_name = any(${sql.array(RESTLESS)})
		order by table_name`
	const hashes = tables.map(
		({ name }) => `select '${name}' as name, coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as hash from ${name} t`,
	)
	return async () => {
		const rows = await sql.unsafe<{ name: string; hash: string }[]>(hashes.join(' union all '), [], { prepare: true })
		return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]))
	}
}
