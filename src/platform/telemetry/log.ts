import { type DestinationStream, type Logger, pino } from 'pino'

export type LogOptions = {
	readonly level: string
	/** Names the process in each line: where several write to one place. */
	readonly pid?: number | undefined
	readonly destination?: DestinationStream
}

/**
 * Lines go out together, or after so many milliseconds: a write costs as much as ten of them, and given to a thread as much as
 * twenty. At most what a pipe takes as a whole, so that several processes that write into one don't tear each other's lines.
 * What waits is written at the end.
 */
const GATHERING = { minLength: 2_048, maxWrite: 4_096, periodicFlush: 50 }

/** What hides secrets should one get into a log line by mistake. */
const REDACTED = ['authorization', 'cookie', 'token', 'code', 'password', 'totp', 'phone', 'email']
const PATHS = REDACTED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/** JSON lines on stdout. Personal data and secrets have no place in them. */
export function createLog({ level, pid, destination }: LogOptions): Logger {
	return pino(
		{
			level,
			base: pid === undefined ? null : { pid },
			timestamp: pino.stdTimeFunctions.isoTime,
			formatters: { level: (label) => ({ level: label }) },
			redact: { paths: PATHS, censor: '(hidden)' },
			serializers: { err: describeError },
		},
		destination ?? openStdout(),
	)
}

function openStdout(): DestinationStream {
	const stdout = pino.destination({ sync: true, ...GATHERING })
	process.once('exit', () => stdout.flushSync())
	return stdout
}

const CAUSES_MAX = 5
/** One for each address that was tried. */
const ERRORS_MAX = 10

/** An error without its other fields: a database's `detail` and `parameters` hold what people typed. */
function describeError(error: unknown, depth = 0): Record<string, unknown> {
	if (!(error instanceof Error)) return { message: String(error) }
	const inner = (one: unknown) => describeError(one, depth + 1)
	const code = 'code' in error ? { error_code: error.code } : {}
	const cause = error.cause === undefined || depth >= CAUSES_MAX ? {} : { cause: inner(error.cause) }
	const several = error instanceof AggregateError && depth < CAUSES_MAX
	const errors = several ? { errors: error.errors.slice(0, ERRORS_MAX).map(inner) } : {}
	return { type: error.name, message: error.message, stack: error.stack, ...code, ...cause, ...errors }
}
