import { chromium, type Browser, type Page } from 'playwright-core'
import { giveStaffCookie } from '../test/support/staff-cookie.ts'
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
 * slowed down: `npm run bench:panel`.
 */
const ROUNDS = 5
const SLOWER = 4
const CUSTOMERS = 2_000
const PRODUCTS = 1_000
const ORDERS = 20_000
const YEAR_MS = 365 * 24 * 3_600_000
const DEADLINE_MS = 60_000
const LOOK_EVERY_MS = 200

/** In the page: when its list was there. */
const PROBE = `
	addEventListener('DOMContentLoaded', () => {
		const seen = new MutationObserver(() => {
			if (!document.querySelector('main [role="rowheader"]')) return
			requestAnimationFrame(() => { globalThis.usableMs ??= performance.now() })
			seen.disconnect()
		})
		seen.observe(document, { childList: true, subtree: true })
	})
`

type Session = { readonly url: string; readonly token: string }

async function openList(browser: Browser, { url, token }: Session, slower: number): Promise<Page> {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
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
			const token = await inviteStaff(ground.sql, { email: 'bench@example.com', role: 'owner' })
			const session = { url: service.url, token: (await acceptInvitation(createClient(service.url), token)).token }
			for (const slower of [1, SLOWER]) {
				const times: number[] = []
				for (let round = 0; round < ROUNDS; round++) times.push(await firstUse(browser, session, slower))
				const { median, min, max } = figuresOf(times)
				const slow = slower === 1 ? '' : `, processor slowed ${slower} times`
				say(`list of orders usable, nothing cached${slow}: ${median.toFixed(0)} ms (${min.toFixed(0)}–${max.toFixed(0)})`)
			}
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
