import { chromium, type Browser, type Page } from 'playwright-core'
import { giveStaffCookie } from '../test/support/staff-cookie.ts'
import { acceptInvitation, inviteByCommand } from '../test/support/staff.ts'
import { createClient } from '../test/support/client.ts'
import { findBrowser } from '../tools/browser.ts'
import { startService } from './children.ts'
import { openGround } from './ground.ts'
import { seedCustomers, seedProducts } from './seed.ts'
import { seedOrders } from './seed-orders.ts'
import { figuresOf } from './workload.ts'

/**
 * How long it takes until the admin panel's list of orders can be used, by a browser that has never been there, on a processor that is
 * slowed down; and which tasks hold it up while a thousand orders are loaded, scrolled and filtered: `npm run bench:panel`.
 */
const ROUNDS = 5
const SLOWER = 4
const CUSTOMERS = 2_000
const PRODUCTS = 1_000
const ORDERS = 20_000
const YEAR_MS = 365 * 24 * 3_600_000
const DEADLINE_MS = 60_000
const LOOK_EVERY_MS = 200
const ROWS = 1_000
const SCREEN_PX = 800
const SCROLLS = 60
/** Nobody scrolls faster. */
const BETWEEN_SCROLLS_MS = 50
/** What browsers call a long task lasts so long; they tell of no shorter ones. */
const LONG_MS = 50
const PROOF_MS = 3 * LONG_MS

/** In the page: when its list was there, and its long tasks. */
const PROBE = `
	addEventListener('DOMContentLoaded', () => {
		const seen = new MutationObserver(() => {
			if (!document.querySelector('main [role="rowheader"]')) return
			requestAnimationFrame(() => { globalThis.usableMs ??= performance.now() })
			seen.disconnect()
		})
		seen.observe(document, { childList: true, subtree: true })
	})
	globalThis.longTasks = []
	new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longTasks.push(duration) }).observe({ type: 'longtask' })
`

type Session = { readonly url: string; readonly token: string }

async function openList(browser: Browser, { url, token }: Session, slower: number): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1280, height: SCREEN_PX }, locale: 'en-GB' })
	context.setDefaultTimeout(DEADLINE_MS)
	const page = await context.newPage()
	await giveStaffCookie(page, url, token)
	await page.addInitScript(PROBE)
	const debug = await context.newCDPSession(page)
	await debug.send('Emulation.setCPUThrottlingRate', { rate: slower })
	await page.goto(`${url}/admin/orders`, { waitUntil: 'commit' })
	return page
}

/** When the list was there. Asked for again and again from outside, for the panel's policy lets nothing be evaluated within. */
async function usableMs(page: Page): Promise<number> {
	const deadline = performance.now() + DEADLINE_MS
	for (;;) {
		const ms = Number(await page.evaluate('globalThis.usableMs ?? 0'))
		if (ms > 0) return ms
		if (performance.now() > deadline) throw new Error(`the list is not there after ${DEADLINE_MS} ms`)
		await page.waitForTimeout(LOOK_EVERY_MS)
	}
}

/** The long tasks of the page while `work` is done in it, in ms. */
async function longTasksOf(page: Page, work: () => Promise<void>): Promise<number[]> {
	await page.evaluate('longTasks.length = 0')
	await work()
	await page.waitForTimeout(LOOK_EVERY_MS)
	return page.evaluate<number[]>('longTasks')
}

/** Scrolls down until so many orders are loaded, then up and down through them, then filters; the long tasks of each. */
async function workThroughList(browser: Browser, session: Session): Promise<void> {
	const page = await openList(browser, session, 1)
	await usableMs(page)
	// Without this an observer that sees nothing would be taken for a panel without long tasks.
	const proof = await longTasksOf(page, async () => {
		await page.evaluate(`setTimeout(() => { const end = performance.now() + ${PROOF_MS}; while (performance.now() < end); })`)
		await page.waitForTimeout(2 * PROOF_MS)
	})
	if (!proof.some((ms) => ms >= PROOF_MS)) throw new Error(`a task of ${PROOF_MS} ms was not seen: ${proof.join(' ')}`)
	const loaded = async () => Number(/\d+/.exec((await page.getByText(/^Shown: /).textContent())?.replace(',', '') ?? '')?.[0])
	const wheel = async (px: number) => {
		await page.mouse.wheel(0, px)
		await page.waitForTimeout(BETWEEN_SCROLLS_MS)
	}
	await page.mouse.move(640, SCREEN_PX / 2)
	const loading = await longTasksOf(page, async () => {
		while ((await loaded()) < ROWS) await wheel(SCREEN_PX)
	})
	const scrolling = await longTasksOf(page, async () => {
		for (let step = 0; step < SCROLLS; step++) await wheel(step < SCROLLS / 2 ? -SCREEN_PX : SCREEN_PX)
	})
	const filtering = await longTasksOf(page, async () => {
		await page.evaluate('scrollTo({ top: 0 })')
		for (const status of ['To assemble', 'Being assembled', 'Received']) {
			await page.getByLabel(status, { exact: true }).click({ force: true })
			await page.waitForTimeout(LOOK_EVERY_MS * 2)
		}
		await page.getByRole('button', { name: 'Reset' }).first().click()
		await page.waitForTimeout(LOOK_EVERY_MS * 2)
	})
	const told = (tasks: readonly number[]) =>
		tasks.length === 0 ? 'none' : `${tasks.length}, the longest ${Math.max(...tasks).toFixed(0)} ms`
	say(
		`tasks over ${LONG_MS} ms with ${await loaded()} orders: loading ${told(loading)}; scrolling ${told(scrolling)}; filtering ${told(filtering)}`,
	)
	await page.context().close()
}

async function firstUse(browser: Browser, session: Session, slower: number): Promise<number> {
	const page = await openList(browser, session, slower)
	const ms = await usableMs(page)
	await page.context().close()
	return ms
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
			const token = await inviteByCommand(ground.sql, { email: 'bench@example.com', role: 'owner' })
			const session = { url: service.url, token: (await acceptInvitation(createClient(service.url), token)).token }
			for (const slower of [1, SLOWER]) {
				const times: number[] = []
				for (let round = 0; round < ROUNDS; round++) times.push(await firstUse(browser, session, slower))
				const { median, min, max } = figuresOf(times)
				const slow = slower === 1 ? '' : `, processor slowed ${slower} times`
				say(`list of orders usable, nothing cached${slow}: ${median.toFixed(0)} ms (${min.toFixed(0)}–${max.toFixed(0)})`)
			}
			for (let round = 0; round < ROUNDS; round++) await workThroughList(browser, session)
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
