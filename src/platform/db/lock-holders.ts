import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from './database.ts'

/** A connection that others wait for. */
export type LockHolder = {
	readonly pid: number
	/** The name that it gives itself: `psql`, `pg_dump`, `prilavok worker`. */
	readonly application: string
	readonly user: string
	/** When its transaction and its last statement began; null where only its own user may see that. */
	readonly transactionSince: string | null
	readonly statementSince: string | null
}

const LOOK_EVERY_MS = 200

/** Whom connections of this name wait for that want a lock, at this moment; no statements, for personal data may stand in them. */
const lookForHolders = (sql: Sql, waiting: string): Promise<LockHolder[]> => sql<LockHolder[]>`
	select distinct holder.pid, coalesce(nullif(holder.application_name, ''), 'without a name') as application,
		coalesce(holder.usename, '') as user,
		to_char(holder.xact_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "transactionSince",
		to_char(holder.query_start at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "statementSince"
	from pg_stat_activity as waiting
	cross join lateral unnest(pg_blocking_pids(waiting.pid)) as blocking (pid)
	join pg_stat_activity as holder on holder.pid = blocking.pid
	where waiting.datname = current_database() and waiting.application_name = ${waiting} and waiting.wait_event_type = 'Lock'
		and holder.application_name <> waiting.application_name`

/** Does work on connections of this name, and says beside its outcome whom they have waited for last. */
export async function watchForHolders<Result>(
	sql: Sql,
	name: string,
	work: () => Promise<Result>,
): Promise<{ result: Result; holders: readonly LockHolder[] }> {
	const done = new AbortController()
	let holders: readonly LockHolder[] = []
	const look = async () => {
		while (!done.signal.aborted) {
			await sleep(LOOK_EVERY_MS, undefined, { signal: done.signal }).catch(() => undefined)
			const found = done.signal.aborted ? [] : await lookForHolders(sql, name)
			if (found.length > 0) holders = found
		}
	}
	const [result] = await Promise.all([work().finally(() => done.abort()), look()])
	return { result, holders }
}
