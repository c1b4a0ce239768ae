// Loaded before the program (`node --import`), and written so that an old Node understands it: without this, the first thing
// that such a Node says is that it has never heard of `.ts`.
/* oxlint-disable no-console -- it runs before there is a log */
import module from 'node:module'
import { join } from 'node:path'

// Before it, requests of a broken connection that waited for their turn were never given up (src/platform/http/door.ts).
const REQUIRED_MAJOR = 24
const REQUIRED_MINOR = 16
const REQUIRED = REQUIRED_MAJOR + '.' + REQUIRED_MINOR
const found = process.versions.node
const [major = 0, minor = 0] = found.split('.').map(Number)
if (major < REQUIRED_MAJOR || (major === REQUIRED_MAJOR && minor < REQUIRED_MINOR)) {
	const brought = process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64')
	console.error(`Prilavok needs Node.js ${REQUIRED} or newer, but this is ${found} (${process.execPath}).`)
	console.error(
		brought
			? `On this machine npm brings the right one along, as the optional package node-linux-${process.arch}:\n` +
					'run "npm ci --include=optional", then start the program by its npm script (npm start, npm run cli).'
			: `Install Node.js ${REQUIRED} or newer from https://nodejs.org or with your version manager, and try again.`,
	)
	process.exit(1)
}

// Compiled code is kept: the second start takes half as long to load as the first.
module.enableCompileCache?.(join(import.meta.dirname, '../node_modules/.cache/compiled'))
