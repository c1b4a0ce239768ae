import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'
import { acceptInvitation } from '../test/support/staff.ts'
import { createClient } from '../test/support/client.ts'
import { inviteStaff } from '../src/modules/staff/index.ts'
import { findBrowser } from '../tools/browser.ts'
import { startService } from './children.ts'
import { openGround } from './ground.ts'
import { seedCustomers, seedProducts } from './seed.ts'
import { seedOrders } from './seed-orders.ts'
import { figuresOf } from './workload.ts'

/**
 * How long it takes until the admin panel's list of orders can be used, by a browser that has never been there, on a processor that is
 * slowed down; and how long its longest task is while a thousand rows are loaded, scrolled and filtered: `npm run bench:panel`.
 */
const ROUNDS = 5
const SLOWER = 4
const CUSTOMERS = 2_000
const PRODUCTS = 1_000
const ORDERS = 20_000
const YEAR_MS = 365 * 24 * 3_600_000
const ROWS = 1_000
const SCROLL_PX = 1_200
const DEADLINE_MS = 120_000

/** In the page: when its list was there, and what its tasks took since `watch()`. */
const PROBE = `
	addEventListener('DOMContentLoaded', () => {
		const seen = new MutationObserver(() => {
			if (!document.querySelector('main tbody tr, main [role="row"] + [role="row"]')) return
			requestAnimationFrame(() => { globalThis.usableMs ??= performance.now() })
			seen.disconnect()
		})
		seen.observe(document, { childList: true, subtree: true })
	})
	globalThis.tasksMs = []
	new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) tasksMs.push(duration) }).observe({ type: 'longtask' })
`

type Session = { readonly url: string; readonly token: string }

async function openList(browser: Browser, { url, token }: Session, slower: number): Promise<{ page: Page; debug: CDPSession }> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
	context.setDefaultTimeout(DEADLINE_MS)
	const page = await context.newPage()
	const cookie = `__Host-staff=${token}; Path=/; Secure; HttpOnly; SameSite=Lax`
	await page.route(`${url}/signed-in`, (route) => route.fulfill({ headers: { 'set-cookie': cookie }, body: '' }))
	await page.goto(`${url}/signed-in`)
	await page.addInitScript(PROBE)
	const debug = await context.newCDPSession(page)
	await debug.send('Emulation.setCPUThrottlingRate', { rate: slower })
	await page.goto(`${url}/admin/orders`, { waitUntil: 'commit' })
	return { page, debug }
}

async function firstUse(browser: Browser, session: Session, slower: number): Promise<number> {
	const { page } = await openList(browser, session, slower)
	const usable = await page.waitForFunction('globalThis.usableMs', undefined, { polling: 100 })
	const ms = Number(await usable.jsonValue())
	await page.context().close()
	return ms
}

/** Goes on loading until there are so many rows, scrolls through them and filters; returns the longest task. */
async function longestTask(browser: Browser, session: Session): Promise<number> {
	const { page } = await openList(browser, session, 1)
	await page.waitForFunction('globalThis.usableMs')
	const rows = page.locator('main tbody tr')
	const loaded = async () =>
		Number((await page.locator('main table').first().getAttribute('aria-rowcount')) ?? (await rows.count()))
	while ((await loaded()) < ROWS) await page.mouse.wheel(0, SCROLL_PX)
	await page.evaluate('tasksMs.length = 0')
	for (let step = 0; step < 40; step++) await page.mouse.wheel(0, step % 2 === 0 ? -SCROLL_PX : SCROLL_PX / 2)
	await page.waitForTimeout(1_000)
	const tasks = await page.evaluate<number[]>('tasksMs')
	await page.context().close()
	return Math.max(0, ...tasks)
}

async function main(): Promise<void> {
	const { path, environment } = await findBrowser()
	const ground = await openGround()
	const browser = await chromium.launch({
		executablePath: path,
		args: ['--no-sandbox'],
		env: { ...process.env, ...environment },
	})
	try {
		await seedProducts(ground.sql, PRODUCTS)
		await seedCustomers(ground.sql, CUSTOMERS)
		await seedOrders(ground.sql, { from: new Date(Date.now() - YEAR_MS), count: ORDERS })
		const service = await startService({ ...ground, settings: { ROLE: 'api' } })
		try {
			const token = await inviteStaff(ground.sql, { email: 'bench@example.com', role: 'owner' })
			const session = { url: service.url, token: (await acceptInvitation(createClient(service.url), token)).token }
			for (const slower of [1, SLOWER]) {
				const times: number[] = []
				for (let round = 0; round < ROUNDS; round++) times.push(await firstUse(browser, session, slower))
				const { median, min, max } = figuresOf(times)
				const slow = slower === 1 ? '' : `, processor slowed ${slower} times`
				say(`list of orders usable, nothing cached${slow}: ${median.toFixed(0)} ms (${min.toFixed(0)}–${max.toFixed(0)})`)
			}
			say(`longest task at ${ROWS} rows: ${(await longestTask(browser, session)).toFixed(0)} ms`)
		} finally {
			await service.close()
		}
	} finally {
		await browser.close()
		await ground.close()
	}
}

const say = (text: string) => process.stdout.write(`${text}\n`)

await main()
