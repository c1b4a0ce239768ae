import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { atEnd } from './at-end.ts'

const ROOT = join(import.meta.dirname, '../..')
/** All that it runs on but the panel, which would be built first, and the packages: those of this version (see `packagesOnlyAt`). */
const NEEDED = ['src', 'db', 'tools', 'package.json']
const LOCK_FILE = 'package-lock.json'

const run = promisify(execFile)
const git = async (...args: string[]): Promise<string> => (await run('git', args, { cwd: ROOT })).stdout.trim()

/** The last commit before the database was changed; undefined where the history is not at hand (an archive, a shallow clone). */
export async function commitBeforeNewestMigration(): Promise<string | undefined> {
	const newest = await git('log', '-1', '--diff-filter=A', '--format=%H', '--', 'db/migrations').catch(() => '')
	if (newest === '') return undefined
	return git('rev-parse', '--verify', `${newest}^`).catch(() => undefined)
}

type LockFile = { readonly packages: Readonly<Record<string, { readonly version?: string; readonly dev?: boolean }>> }

/** What is installed for production by a lock file, each package with its version, wherever it lies. */
function packagesOf(lockFile: string): Set<string> {
	const { packages }: LockFile = JSON.parse(lockFile)
	const installed = Object.entries(packages).filter(([place, { dev }]) => place.includes('node_modules/') && dev !== true)
	return new Set(installed.map(([place, { version }]) => `${place.replace(/^.*node_modules\//, '')} ${version}`))
}

/** The packages that the program ran on at that commit and that are not those of this version: `fastify 5.12.7`. */
export async function packagesOnlyAt(commit: string): Promise<string[]> {
	const now = packagesOf(await readFile(join(ROOT, LOCK_FILE), 'utf8'))
	return [...packagesOf(await git('show', `${commit}:${LOCK_FILE}`))].filter((one) => !now.has(one))
}

/** This program as it was at that commit, in a folder of its own that goes with the test file. Returns the folder. */
export async function checkOut(commit: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'prilavok-older-'))
	atEnd(() => rm(folder, { recursive: true, force: true }))
	const archive = join(folder, 'archive.tar')
	await git('archive', `--output=${archive}`, commit, ...NEEDED)
	await run('tar', ['-xf', archive, '-C', folder])
	await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
	return folder
}
