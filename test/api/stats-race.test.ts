import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { addUpStats } from '../../src/modules/stats/index.ts'
import { insistently } from '../support/eventually.ts'
import { type Person, placeOrder, putProducts, registerPeople } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'
import { assertStats } from '../support/stats-oracle.ts'

const PEOPLE = 6
const ORDERS_EACH = 25

let shops: TestShop[]
let people: Person[]
let viewer: StaffMember
before(async () => {
	const shop = await startTestShop()
	shops = [shop, await startTestShop({ ...shop.settings, PORT: '0' })]
	await putProducts(shop, { id: 10 })
	people = await registerPeople(shop, PEOPLE)
	viewer = await signInStaff(shop, 'viewer')
})

// biome-ignore lint/suspicious/noExplicitAny: the body of an answer
const ordersIn = (stats: any, status?: string): number =>
	stats.now
		.filter((row: { status: string }) => status === undefined || row.status === status)
		.reduce((sum: number, row: { orders: number }) => sum + row.orders, 0)

test('while two instances add up and answer, nobody is ever shown a wrong sum', async () => {
	let begun = 0
	let placed = 0
	let over = false
	const shopping = people.map(async (person, index) => {
		for (let n = 0; n < ORDERS_EACH; n++) {
			begun++
			const order = await placeOrder(person, { 10: 1 })
			placed++
			if ((n + index) % 2 === 0) assert.equal((await person.post(`/orders/${order.id}/cancel`)).status, 200)
		}
	})
	const adding = shops.map(async ({ sql }) => {
		while (!over) await addUpStats(sql)
	})
	const from = new Date(Date.now() - 86_400_000).toISOString()
	let looks = 0
	const looking = shops.map(async (shop) => {
		const looker = shop.guest.as(viewer.token)
		while (!over) {
			const least = placed
			const { body: stats } = await insistently(() => looker.get(`/admin/stats?from=${from}`))
			looks++
			assert.ok(least <= stats.placed.orders && stats.placed.orders <= begun, `${least} ≤ ${stats.placed.orders} ≤ ${begun}`)
			assert.equal(ordersIn(stats), stats.placed.orders)
			assert.equal(ordersIn(stats, 'cancelled'), stats.cancelled.orders)
			assert.equal(stats.stays[0].orders, stats.cancelled.orders)
			assert.equal(stats.placed.total, stats.placed.orders * 500)
		}
	})
	const bought = Promise.all(shopping).finally(() => (over = true))
	await Promise.all([bought, ...adding, ...looking])
	assert.equal(placed, PEOPLE * ORDERS_EACH)
	assert.ok(looks > 20, `${looks} looks`)
	const { body } = await viewer.get(`/admin/stats?from=${from}`)
	assert.equal(body.placed.orders, placed)
	await assertStats(shops[0]?.sql ?? assert.fail(), body)
})
