import assert from 'node:assert/strict'
import type { TopicKey } from './topics.ts'
import type { TestShop } from './shop.ts'

/** Tables whose times a test sets itself (`letTimePass`). */
const SET_BY_TESTS = ['login_codes', 'login_code_sends', 'login_failures', 'sessions']
/** Times that lie ahead, and hours and days that stand for all of theirs. */
const OTHER_MOMENTS = ['expires_at', 'lease_until', 'remove_file_at', 'hour', 'since']
/** Nothing here is good for longer. */
const GOOD_FOR_DAYS_MAX = 366

const OUT: readonly TopicKey[] = ['orders', 'users', 'notifications', 'loginCodes', 'reports']

/**
 * Whatever was written since then has a time between then and now, by the database's clock: in each table, in the ids that begin with
 * their time, and in what topics tell. Returns the counts.
 */
export async function assertTimesAreOfNow({ sql, topics }: TestShop, since: Date): Promise<string> {
	const columns = await sql<{ table: string; column: string; type: string }[]>`
		select table_name as table, column_name as column, data_type as type from information_schema.columns
		where table_schema = 'public' and table_name in (select tablename from pg_tables where schemaname = 'public')
			and not table_name = any(${sql.array(SET_BY_TESTS)}) and not column_name = any(${sql.array(OTHER_MOMENTS)})
			and (data_type = 'timestamp with time zone' or column_default = 'uuidv7()' or (table_name, column_name) = ('orders', 'id'))
		order by 1, 2`
	let moments = 0
	for (const { table, column, type } of columns) {
		const moment = type === 'uuid' ? sql`uuid_extract_timestamp(${sql(column)})` : sql(column)
		const [row] = await sql<{ all: number; wrong: unknown[] }[]>`
			select count(*) as all, coalesce(json_agg(at) filter (where at not between ${since} and clock_timestamp()), '[]') as wrong
			from (select ${moment} as at from ${sql(table)}) as told where at is not null`
		assert.deepEqual(row?.wrong, [], `${table}.${column}`)
		moments += row?.all ?? 0
	}
	const endless = await sql`
		select expires_at from staff_sessions where expires_at > now() + make_interval(days => ${GOOD_FOR_DAYS_MAX})
		union all select expires_at from api_keys where expires_at > now() + make_interval(days => ${GOOD_FOR_DAYS_MAX})`
	assert.deepEqual([...endless], [], 'what is good for too long')
	const messages = (await Promise.all(OUT.map((topic) => topics.read(topic)))).flat()
	const [now] = await sql<[{ at: Date }]>`select clock_timestamp() as at`
	const wrong = messages
		.map(({ headers }) => headers['ce_time'] ?? '')
		.filter((at) => !(new Date(at) >= since && new Date(at) <= now.at))
	assert.deepEqual(wrong, [], 'events of other times')
	assert.ok(moments > 0 && messages.length > 0)
	return `${moments} moments in ${columns.length} columns and ${messages.length} in events are between the start and now`
}
