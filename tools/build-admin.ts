import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { BUILT_FOLDER, buildScript, MARK_FILE, PACKED_SUFFIX, sourceMark } from '../src/panel/built.ts'

/**
 * Builds the admin panel into admin/dist, where the service finds it, and fails when a first screen takes more than FIRST_MAX_BYTES of
 * scripts. With `--if-possible`, as `npm ci` calls it, it does nothing where the panel is up to date or the packages that build it are
 * not installed.
 */
const FIRST_MAX_BYTES = 200 * 1_000
const PACKING = { level: constants.Z_BEST_COMPRESSION }

type Chunk = { readonly file: string; readonly imports?: readonly string[]; readonly isEntry?: boolean; readonly src?: string }
type Manifest = Readonly<Record<string, Chunk>>

if (!process.argv.includes('--if-possible') || (await buildScript()) !== undefined) await build()

async function build(): Promise<void> {
	// Set to anything else it would build React as its developers need it, a fourth larger.
	process.env['NODE_ENV'] = 'production'
	const { build: viteBuild } = await import('vite')
	const mark = await sourceMark()
	// Beside its place: two that start at once build twice, and neither finds half a panel.
	const folder = await mkdtemp(`${BUILT_FOLDER}-`)
	try {
		await viteBuild({ configFile: join(BUILT_FOLDER, '../vite.config.ts'), build: { outDir: folder }, logLevel: 'error' })
		const manifest: Manifest = JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8'))
		await rm(join(folder, '.vite'), { recursive: true })
		await pack(folder)
		await checkFirstScreens(folder, manifest)
		await writeFile(join(folder, MARK_FILE), mark)
		await rm(BUILT_FOLDER, { recursive: true, force: true })
		await rename(folder, BUILT_FOLDER)
	} finally {
		await rm(folder, { recursive: true, force: true })
	}
}

async function pack(folder: string): Promise<void> {
	for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue
		const path = join(entry.parentPath, entry.name)
		await writeFile(path + PACKED_SUFFIX, gzipSync(await readFile(path), PACKING))
		await rm(path)
	}
}

/** What comes over the wire before a screen can be used: the entry, what surrounds the screens, the screen, and all that they import. */
async function checkFirstScreens(folder: string, manifest: Manifest): Promise<void> {
	const frame = Object.keys(manifest).filter((key) => manifest[key]?.isEntry || /\/_desk\.tsx/.test(key))
	const screens = Object.keys(manifest).filter((key) => /src\/pages\/.+\.tsx/.test(key))
	for (const screen of screens) {
		const files = closure(manifest, [...frame, screen])
		const sizes = await Promise.all([...files].map(async (file) => (await readFile(join(folder, file + PACKED_SUFFIX))).length))
		const bytes = sizes.reduce((sum, size) => sum + size, 0)
		if (process.argv.includes('--sizes')) process.stdout.write(`${(bytes / 1_000).toFixed(0).padStart(4)} kB ${screen}\n`)
		if (bytes > FIRST_MAX_BYTES) {
			throw new Error(
				`${screen} takes ${bytes} bytes of scripts before it can be used, more than ${FIRST_MAX_BYTES}: load later what is not needed at once`,
			)
		}
	}
}

function closure(manifest: Manifest, keys: readonly string[], seen = new Set<string>()): Set<string> {
	for (const key of keys) {
		const chunk = manifest[key]
		if (chunk === undefined || seen.has(chunk.file)) continue
		seen.add(chunk.file)
		closure(manifest, chunk.imports ?? [], seen)
	}
	return seen
}
