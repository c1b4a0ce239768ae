import assert from 'node:assert/strict'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { atEnd } from './at-end.ts'

/** What a page does takes longer on a busy machine; a test that wants it sooner says so. */
const TIMEOUT_MS = 20_000

/** The browser of `npm run test:browser`, to the end of the test file. */
export async function startBrowser(): Promise<Browser> {
	const executablePath = process.env['TEST_BROWSER']
	if (executablePath === undefined) throw new Error('These tests need a browser: run them by `npm run test:browser`')
	const own: Record<string, string> = JSON.parse(process.env['TEST_BROWSER_ENV'] ?? '{}')
	// Its sandbox does not start as root, and what it is shown is ours.
	const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], env: { ...process.env, ...own } })
	atEnd(() => browser.close())
	return browser
}

export type PageOptions = BrowserContextOptions & {
	/** What may go wrong in the page, for the test has it go wrong. */
	readonly provoked?: RegExp
}

/** Somebody's browser, with cookies of its own. When the file ends, nothing else must have gone wrong in its pages. */
export async function openPage(browser: Browser, { provoked, ...options }: PageOptions = {}): Promise<Page> {
	const context = await browser.newContext(options)
	context.setDefaultTimeout(TIMEOUT_MS)
	const page = await context.newPage()
	const errors: string[] = []
	page.on('pageerror', ({ message }) => void errors.push(message))
	page.on('console', (message) => {
		// The service is ended in these tests, and a page that has lost it is told so by the browser.
		if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) errors.push(message.text())
	})
	atEnd(async () =>
		assert.deepEqual(
			errors.filter((error) => provoked?.test(error) !== true),
			[],
		),
	)
	return page
}
