import assert from 'node:assert/strict'
import type { Browser, Locator } from 'playwright-core'
import { seedOrders } from '../../bench/seed-orders.ts'
import { seedCustomers, seedProducts } from '../../bench/seed.ts'
import { createTestDatabase } from './database.ts'
import { startBrowser } from './browser.ts'
import { type Desk, type DeskOptions, openDesk } from './desk.ts'
import { COURIER, type Person, placeOrder, putProducts, registerPerson } from './people.ts'
import { startTestShop, type TestShop } from './shop.ts'
import { signInStaff, type StaffMember } from './staff.ts'

const ORDERS = 1_500
/** What the tests place themselves comes after what is there. */
const BEFORE_MS = 366 * 86_400_000
export const TEA_POT = 900_001

/** A shop with orders of a year, and somebody who reads the list of them. */
export type OrderListGround = {
	readonly shop: TestShop
	readonly browser: Browser
	readonly operator: StaffMember
	readonly anna: Person
	/** Anna, unless told otherwise, orders a tea pot. */
	place(delivery?: object): ReturnType<typeof placeOrder>
	/** Opens the list, and waits until it follows the shop. */
	open(member?: StaffMember, options?: DeskOptions): Promise<Desk>
}

export async function startOrderList(): Promise<OrderListGround> {
	const { url, sql } = await createTestDatabase()
	await seedProducts(sql, 200)
	await seedCustomers(sql, 300)
	await seedOrders(sql, { from: new Date(Date.now() - BEFORE_MS), count: ORDERS })
	const [shop, browser] = await Promise.all([startTestShop({ DATABASE_URL: url }), startBrowser()])
	const operator = await signInStaff(shop, 'operator')
	await putProducts(shop, { id: TEA_POT, name: 'Чайник', cost: 1_990 })
	const anna = await registerPerson(shop, { name: 'Анна Константинопольская-Преображенская' })
	return {
		shop,
		browser,
		operator,
		anna,
		place: (delivery = COURIER) => placeOrder(anna, { [TEA_POT]: 1 }, delivery),
		async open(member = operator, options = {}) {
			const desk = await openDesk(browser, shop, member, { path: '/orders', ...options })
			await desk
				.getByText(/^(Обновляется само|Live)$/)
				.first()
				.waitFor()
			return desk
		},
	}
}

/** The rows that are drawn. */
export const rows = (desk: Desk): Locator =>
	desk
		.getByRole('table', { name: /^(Заказы|Orders)$/ })
		.getByRole('row')
		.filter({ has: desk.getByRole('rowheader') })

export const rowOf = (desk: Desk, number: number): Locator =>
	rows(desk).filter({ has: desk.getByRole('link', { name: String(number), exact: true }) })

export const numbersOf = async (desk: Desk): Promise<number[]> =>
	(await rows(desk).getByRole('rowheader').getByRole('link').allTextContents()).map(Number)

type TraceEvent = {
	readonly name: string
	readonly pid: number
	readonly tid: number
	readonly tdur?: number
	readonly args?: { readonly name?: string }
}

/** The longest task of the page's main thread, in milliseconds of the processor: what others do on the machine does not count. */
export function longestTaskOf(trace: Buffer): number {
	const events: TraceEvent[] = JSON.parse(trace.toString()).traceEvents
	const main = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
	const tasks = events.filter(
		({ name, pid, tid }) => name.endsWith('RunTask') && main.some((thread) => thread.pid === pid && thread.tid === tid),
	)
	assert.ok(tasks.length > 100, `${tasks.length} tasks were seen`)
	return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000
}
