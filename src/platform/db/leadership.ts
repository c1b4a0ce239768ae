import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Sql as DriverSql } from 'postgres'
import { postgres } from './driver.ts'

/**
 * One process at a time does a task: whoever holds the task's session advisory lock, on a connection of its own. The lock ends
 * with the connection, so a killed leader is followed at once, a silent one soon, and a lost connection ends the leadership.
 */
export type Leadership = {
	/**
	 * Runs `lead` whenever this process is the leader for `task`, until `stop`. The signal it gets is aborted when the
	 * leadership is lost; `lead` must then return. Resolves when all has ended.
	 */
	whileLeader(task: string, lead: (lost: AbortSignal) => Promise<void>, stop: AbortSignal): Promise<void>
}

/** How often a process that stands by asks whether the leader is gone. */
const STAND_BY_MS = 1_000
/** How often the leader makes sure that its connection, and with it the lock, is still there. */
const CHECK_MS = 2_000
/** When the database takes a leader for gone that says nothing: a stopped process, or a machine that has vanished, lets go of nothing. */
const SILENT_MAX_MS = 10_000
/** What a check may take. A server that has vanished gives no answer: soon after this the connection is taken for lost. */
const STATEMENT_TIMEOUT_MS = 2_000
const CONNECT_TIMEOUT_S = 3
const CLOSE_TIMEOUT_S = 1

export function createLeadership(url: string, log: Logger): Leadership {
	return {
		async whileLeader(task, lead, stop) {
			while (!stop.aborted) {
				await leadOnce({ url, log, task, lead, stop })
				await sleep(STAND_BY_MS, undefined, { signal: stop }).catch(() => undefined)
			}
		},
	}
}

type Term = {
	readonly url: string
	readonly log: Logger
	readonly task: string
	readonly lead: (lost: AbortSignal) => Promise<void>
	readonly stop: AbortSignal
}

/** Stands by until the lock is free, leads until the connection breaks or the work ends. */
async function leadOnce({ url, log, task, lead, stop }: Term): Promise<void> {
	const lost = new AbortController()
	const connection = postgres(url, {
		max: 1,
		connect_timeout: CONNECT_TIMEOUT_S,
		idle_timeout: 0,
		max_lifetime: null,
		connection: { application_name: `prilavok ${task}`, statement_timeout: STATEMENT_TIMEOUT_MS },
		onclose: () => lost.abort(),
		onnotice: (notice) => log.debug({ notice: notice['message'] }, 'notice of the database'),
	})
	try {
		while (!(await tryLock(connection, task))) {
			await sleep(STAND_BY_MS, undefined, { signal: stop })
		}
		const checks = setInterval(() => void connection`select 1`.catch(() => lost.abort()), CHECK_MS)
		try {
			log.debug({ task }, 'this process leads')
			if (!lost.signal.aborted) await lead(AbortSignal.any([lost.signal, stop]))
		} finally {
			clearInterval(checks)
		}
	} catch (error) {
		if (!stop.aborted) log.warn({ err: error, task }, 'the leadership could not be taken or was lost')
	} finally {
		await connection.end({ timeout: CLOSE_TIMEOUT_S })
	}
}

/** Sets the timeout by a statement, because a pooler in front of the database lets none pass that comes with the connection. */
async function tryLock(connection: DriverSql, task: string): Promise<boolean> {
	const [row] = await connection<[{ taken: boolean }]>`
		select set_config('idle_session_timeout', ${String(SILENT_MAX_MS)}, false),
			pg_try_advisory_lock(hashtextextended(${`prilavok ${task}`}, 0)) as taken`
	return row.taken
}
