import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { atEnd } from '../support/at-end.ts'
import { createClient } from '../support/client.ts'
import { inspect, INSPECTED, type Inspector } from '../support/inspected.ts'
import { type Person, placeOrder, putProducts, registerPeople } from '../support/people.ts'
import { outputOf, startProcess } from '../support/process.ts'
import { startTestShop } from '../support/shop.ts'

const PEOPLE = 16
/** Of each. */
const PURCHASES_BEFORE = 5
const PURCHASES = 40
const REQUESTS_OF_A_PURCHASE = 2
/** What the few requests hold that are under way at a collection is 300 to 600; with a chain of docs/adr/0045 it is 5,000 and more. */
const LEFT_MAX_BYTES = 2_000
/** A large collection takes what a small one would have taken, and is counted by mistake. A chain is there in each round. */
const ROUNDS = 3

let people: readonly Person[]
let inspector: Inspector
let url: string
before(async () => {
	const shop = await startTestShop()
	await putProducts(shop, { id: 1, cost: 500 })
	people = await registerPeople(shop, PEOPLE)
	const service = startProcess({ ...shop.settings, ...INSPECTED, ROLE: 'api', LOG_LEVEL: 'info', PRILAVOK_UNSAFE_DATABASE: '1' })
	const ready = await outputOf(service, /"url":"([^"]+)".*"msg":"ready"/)
	url = ready[1] ?? ''
	inspector = await inspect(service)
	atEnd(async () => inspector.close())
})

async function everybodyBuys(purchases: number): Promise<void> {
	await Promise.all(
		people.map(async (person) => {
			const client = createClient(url, person.token)
			for (let purchase = 0; purchase < purchases; purchase++) await placeOrder({ ...person, ...client }, { 1: 1 })
		}),
	)
}

suite('What an answered request has made', () => {
	test('goes with the next small collection, though a large one came while requests were under way', async () => {
		let over = false
		const first = everybodyBuys(PURCHASES_BEFORE).finally(() => (over = true))
		while (!over) await inspector.collect()
		await first
		const left: number[] = []
		for (let round = 0; round < ROUNDS && left.every((bytes) => bytes >= LEFT_MAX_BYTES); round++) {
			const bytes = await inspector.survivingBytes(() => everybodyBuys(PURCHASES))
			left.push(Math.round(bytes / (PEOPLE * PURCHASES * REQUESTS_OF_A_PURCHASE)))
		}
		assert.ok(Math.min(...left) < LEFT_MAX_BYTES, `${left.join(', ')} bytes of each request have lived on`)
	})
})
