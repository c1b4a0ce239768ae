import { postgres } from './driver.ts'

/** SQLSTATE classes and codes that say "not now": no connection, the server stops or starts, too many connections, a timeout. */
const UNAVAILABLE_SQLSTATE = /^(08...|53...|57P0.|57014|25006|55P03)$/
const UNAVAILABLE_CLIENT_CODES = new Set([
	'CONNECTION_CLOSED',
	'CONNECTION_ENDED',
	'CONNECTION_DESTROYED',
	'CONNECT_TIMEOUT',
	'ANSWER_TIMEOUT',
	'ECONNREFUSED',
	'ECONNRESET',
	'EPIPE',
	'ETIMEDOUT',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'EAI_AGAIN',
])

/** Nothing was heard on a connection for longer than an answer may take: as the driver says it of those that it watches over. */
export class SilentDatabaseError extends Error {
	readonly code = 'ANSWER_TIMEOUT'
	constructor() {
		super('the database was silent for too long')
	}
}

const codeOf = (error: unknown): string | undefined =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** True for an error that means "the database can't be reached or can't serve now": the same request may succeed later. */
export function isDatabaseUnavailable(error: unknown): boolean {
	const code = codeOf(error)
	if (code === undefined) return false
	return error instanceof postgres.PostgresError ? UNAVAILABLE_SQLSTATE.test(code) : UNAVAILABLE_CLIENT_CODES.has(code)
}

const LOCK_NOT_AVAILABLE = '55P03'

/** True when a lock was waited for as long as `lock_timeout` says. */
export const isLockTimeout = (error: unknown): boolean => codeOf(error) === LOCK_NOT_AVAILABLE

const CHECK_VIOLATION = '23514'
const CONFLICT_SQLSTATE: ReadonlySet<string> = new Set(['40001', '40P01'])

/** True when the transaction lost against another one (a deadlock): nothing of it was kept, and run again it may go through. */
export const isConflict = (error: unknown): boolean => CONFLICT_SQLSTATE.has(codeOf(error) ?? '')

const CANCELLED = '57014'

/** True when a statement was cancelled, for it took longer than it may. */
export const isCancelled = (error: unknown): boolean => error instanceof postgres.PostgresError && error.code === CANCELLED

const STALE_PLAN = '0A000'
const ABORTED_BY_ANOTHER = '25P02'

/**
 * True when a migration has changed the type of what a prepared statement gives, or a statement that was under way behind such a one
 * was told only that the transaction is over: the connection prepares anew, and run again the transaction goes through.
 */
export const isStalePlan = (error: unknown): boolean =>
	error instanceof postgres.PostgresError &&
	((error.code === STALE_PLAN && error.routine === 'RevalidateCachedQuery') || error.code === ABORTED_BY_ANOTHER)

/**
 * True for an error that may pass: the database can't serve now, a lock was waited for too long, the transaction lost against another
 * one, or a connection's plan was stale. Any other the same work meets again.
 */
export const isTransient = (error: unknown): boolean => isDatabaseUnavailable(error) || isConflict(error) || isStalePlan(error)

/** True when a row would have broken this check of its table. */
export const isCheckViolation = (error: unknown, constraint: string): boolean =>
	error instanceof postgres.PostgresError && error.code === CHECK_VIOLATION && error.constraint_name === constraint

const UNIQUE_VIOLATION = '23505'

/** True when a row would have had what another one has, and this constraint lets only one have. */
export const isUniqueViolation = (error: unknown, constraint: string): boolean =>
	error instanceof postgres.PostgresError && error.code === UNIQUE_VIOLATION && error.constraint_name === constraint

const INVALID_PARAMETER = '22023'

/** True when a statement named a time zone that the database does not know. */
export const isUnknownTimeZone = (error: unknown): boolean => codeOf(error) === INVALID_PARAMETER
