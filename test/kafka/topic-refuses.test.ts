import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, ConfigResourceTypes, IncrementalAlterConfigOperationTypes } from '@platformatic/kafka'
import { appendEvents } from '../../src/platform/outbox/outbox.ts'
import { eventually } from '../support/eventually.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** More than the relay takes at once, so that it could see nothing else. */
const REPORTS = 5_000
const KEYS = 7
const ORDERS = 5
/** Long enough for events to be sent again, if they are. */
const AGAIN_MS = 6_000
const HEALING_MS = 60_000
/** By the clock of the client, and none is so exact: the broker answers INVALID_TIMESTAMP. */
const SETTINGS = [
	['message.timestamp.type', 'CreateTime'],
	['message.timestamp.after.max.ms', '0'],
	['message.timestamp.before.max.ms', '0'],
] as const

let shop: TestShop
let anna: Person
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
})

async function letReportsTake(what: 'nothing' | 'all'): Promise<void> {
	const { SET, DELETE } = IncrementalAlterConfigOperationTypes
	const configs =
		what === 'nothing'
			? SETTINGS.map(([name, value]) => ({ name, value, configOperation: SET }))
			: SETTINGS.map(([name]) => ({ name, configOperation: DELETE }))
	const admin = new Admin({ clientId: 'faults', bootstrapBrokers: (process.env['TEST_KAFKA_BROKERS'] ?? '').split(',') })
	const { reports: resourceName } = shop.service.topicNames
	await admin.incrementalAlterConfigs({ resources: [{ resourceType: ConfigResourceTypes.TOPIC, resourceName, configs }] })
	await admin.close()
}

test('while a topic takes nothing the others get each event once; its own wait, and come once each and in order', async () => {
	await letReportsTake('nothing')
	const { reports: topic } = shop.service.topicNames
	const events = Array.from({ length: REPORTS }, (_, number) => {
		return { topic, key: String(number % KEYS), type: 'test.happened', value: { number } }
	})
	await shop.sql.begin((tx) => appendEvents(tx, events))
	const orders: { id: string }[] = []
	while (orders.length < ORDERS) orders.push(await placeOrder(anna, { 1: 1 }))
	for (const { id } of orders) await shop.topics.find('orders', ({ key }) => key === id)
	await sleep(AGAIN_MS)
	for (const other of ['orders', 'notifications', 'loginCodes', 'users'] as const) {
		const ids = (await shop.topics.read(other)).map(({ headers }) => headers['ce_id'])
		assert.equal(ids.length, new Set(ids).size, `${other} has each once`)
	}
	assert.deepEqual(await shop.topics.read('reports'), [])
	assert.equal((await shop.sql`select from outbox`).count, REPORTS)

	await letReportsTake('all')
	await eventually(async () => assert.equal((await shop.sql`select from outbox limit 1`).count, 0), HEALING_MS)
	const got = await shop.topics.read('reports')
	assert.equal(got.length, REPORTS)
	for (const [key, messages] of Map.groupBy(got, (message) => message.key)) {
		const numbers = messages.map(({ value }) => value.number)
		assert.deepEqual(
			numbers,
			events.flatMap((event) => (event.key === key ? [event.value.number] : [])),
			`key ${key}`,
		)
	}
})
