import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')
const ADMIN_FOLDER = join(ROOT, 'admin')
/** Where the built panel lies: packed files, and the mark of what they were built from. */
export const BUILT_FOLDER = join(ADMIN_FOLDER, 'dist')
export const MARK_FILE = 'built-from'
/** Files lie packed: nearly every browser takes them so. */
export const PACKED_SUFFIX = '.gz'

const BUILD_SCRIPT = join(ROOT, 'tools/build-admin.ts')
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts'] as const

/** What the panel is built from, in short: another one wants another build. */
export async function sourceMark(): Promise<string> {
	const names = (await Promise.all(SOURCES.map((name) => filesUnder(join(ADMIN_FOLDER, name))))).flat().sort()
	const files = await Promise.all(names.map(async (name) => ({ name, content: await readFile(name) })))
	const hash = createHash('sha256')
	for (const { name, content } of files) hash.update(relative(ADMIN_FOLDER, name)).update(content)
	return hash.digest('hex')
}

async function filesUnder(path: string): Promise<string[]> {
	const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined
		throw error
	})
	if (entries === undefined) return [path]
	return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** The script to run where the panel must be built and can be, having its sources and Vite; else undefined. */
export async function buildScript(): Promise<string | undefined> {
	if (!existsSync(join(ADMIN_FOLDER, 'src')) || !existsSync(join(ROOT, 'node_modules/vite'))) return undefined
	const mark = await readFile(join(BUILT_FOLDER, MARK_FILE), 'utf8').catch(() => undefined)
	return mark === (await sourceMark()) ? undefined : BUILD_SCRIPT
}
