import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type CopyOptions = {
	readonly databaseUrl: string
	/** On one line. */
	readonly query: string
	/** One column, whose values are the lines of the file as they are. */
	readonly file: string
	/** Settings of the session. */
	readonly settings: Readonly<Record<string, string>>
}

/** What a CSV of one column takes for special: characters that stand in no line. */
const AS_IT_IS = String.raw`with (format csv, delimiter e'\x02', quote e'\x01', escape e'\x01')`

/** Has PostgreSQL's own client write the rows of a query into a file. Returns the seconds that it took, its start among them. */
export async function runCopy({ databaseUrl, query, file, settings }: CopyOptions): Promise<number> {
	const PGOPTIONS = Object.entries(settings)
		.map(([name, value]) => `-c ${name}=${value}`)
		.join(' ')
	const began = performance.now()
	const copy = `\\copy (${query}) to '${file}' ${AS_IT_IS}`
	await run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', copy, databaseUrl], { env: { ...process.env, PGOPTIONS } })
	return (performance.now() - began) / 1_000
}
