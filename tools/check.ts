import { spawnSync } from 'node:child_process'

/** Everything that must hold of the code without running the tests. All of it is run; the exit code tells whether all held. */
const CHECKS: readonly (readonly [name: string, command: readonly string[]])[] = [
	['format', ['biome', 'format']],
	['types', ['tsc']],
	['types of the admin panel', ['tsc', '-p', 'admin']],
	['the admin panel builds, and its first screens are small', ['node', 'tools/build-admin.ts']],
	['lint and import directions', ['oxlint', '--type-aware', '--deny-warnings']],
	['dead code', ['knip']],
	['generated files', ['node', 'tools/generate.ts', '--check']],
]

let failed = 0
for (const [name, [file = '', ...args]] of CHECKS) {
	const start = performance.now()
	// npm puts node_modules/.bin in front of the PATH.
	const { status } = spawnSync(file, args, { stdio: 'inherit' })
	const seconds = ((performance.now() - start) / 1_000).toFixed(1)
	process.stdout.write(`${status === 0 ? '✔' : '✖'} ${name} (${seconds} s)\n`)
	if (status !== 0) failed++
}
process.exitCode = failed === 0 ? 0 : 1
