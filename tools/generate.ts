import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { constants, gunzipSync, gzipSync } from 'node:zlib'
import { generatedFiles } from './generated-files.ts'

/**
 * Writes the files that are made from the code: the schema, its types, the API documents, the list of problem codes, and
 * what is taken out of packages. With `--check` it writes nothing and fails when one of them is not what the code makes it.
 */
const ROOT = join(import.meta.dirname, '..')
const check = process.argv.includes('--check')

const stale: string[] = []
for (const [name, text] of await generatedFiles()) {
	const path = join(ROOT, name)
	const packed = name.endsWith('.gz')
	const current = await readFile(path).catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
		throw error
	})
	// By what is inside: another zlib may pack the same text otherwise.
	if (current !== undefined && (packed ? gunzipSync(current) : current).toString() === text) continue
	stale.push(name)
	if (!check) await writeFile(path, packed ? gzipSync(text, { level: constants.Z_BEST_COMPRESSION }) : text)
}

process.stdout.write(
	stale.length === 0 ? 'All generated files are up to date.\n' : `${check ? 'Stale' : 'Written'}: ${stale.join(', ')}\n`,
)
if (check && stale.length > 0) {
	process.stderr.write('Run "npm run generate" and commit what it writes.\n')
	process.exitCode = 1
}
