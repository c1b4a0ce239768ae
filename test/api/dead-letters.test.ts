import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { productMessage, putProducts } from '../support/people.ts'
import { type Letter, type LetterDesk, letterDesk } from '../support/letters.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import type { Publication } from '../support/topics.ts'

let shop: TestShop
let operator: StaffMember
let manager: StaffMember
let list: LetterDesk['list']
let read: LetterDesk['read']
let decide: LetterDesk['decide']
before(async () => {
	shop = await startTestShop()
	operator = await signInStaff(shop, 'operator')
	;({ list, read, decide } = letterDesk(operator))
	manager = await signInStaff(shop, 'manager')
	await putProducts(shop, { id: 1 })
})

const topicOf = (topic: 'products' | 'orderStatus'): string => shop.service.topicNames[topic]
const outboxIsEmpty = () => eventually(async () => assert.equal((await shop.sql`select from outbox limit 1`).count, 0))

/** Publishes a message that can't be applied, and returns its letter. */
async function letterOf(topic: 'products' | 'orderStatus', publication: Publication & { key: string }): Promise<Letter> {
	await shop.topics.publish(topic, publication)
	return eventually(async () => {
		const found = (await list(`topic=${topicOf(topic)}&state=open`)).find(({ key }) => key === publication.key)
		assert.ok(found, 'no letter yet')
		return found
	})
}

/** An order that the inventory knows before the shop does. */
const commandFor = (orderId: string) => ({
	key: orderId,
	value: { event_id: randomUUID(), order_id: orderId, status: 'assembling' },
	headers: { 'x-sender': 'склад', quote: '"\0"' },
})

suite('A dead letter', () => {
	test('is shown with its bytes, key, headers and reason', async () => {
		const value = Buffer.from('{"id": 77, "name": "велосипед"')
		const listed = await letterOf('products', { key: '77', value, headers: { 'x-sender': 'склад' } })
		const { id, offset, partition, at } = listed
		assert.ok(Number.isInteger(offset) && Number.isInteger(partition))
		assert.ok(Math.abs(Date.parse(at) - Date.now()) < 60_000)
		assert.deepEqual(listed, {
			id,
			direction: 'in',
			topic: topicOf('products'),
			partition,
			offset,
			key: '77',
			bytes: value.length,
			whole: true,
			reason: 'malformed_json',
			message: 'the value is not JSON in UTF-8',
			attempts: 1,
			replay_of: null,
			at,
			state: 'open',
			decided_at: null,
			decided_by: null,
		})
		const letter = await read(id)
		assert.equal(Buffer.from(letter.value_base64, 'base64').toString(), value.toString())
		assert.equal(letter.value_text, value.toString())
		assert.equal(Buffer.from(letter.key_base64, 'base64').toString(), '77')
		assert.deepEqual(letter.headers, { 'x-sender': 'склад' })
		assert.equal(letter.replay, null)
		assert.ok(Date.parse(letter.published_at) <= Date.parse(at))
	})

	test('whose bytes are no text is shown as bytes alone', async () => {
		const value = Buffer.from('велосипед', 'latin1').fill(0xd0)
		const { id } = await letterOf('products', { key: 'bytes', value })
		const letter = await read(id)
		assert.deepEqual([letter.value_base64, letter.value_text], [value.toString('base64'), null])
	})

	test('of 10 MB is kept by its beginning, and can’t be replayed; all of it is on the topic of dead letters', async () => {
		const value = Buffer.from('ж'.repeat(5 * 1024 * 1024))
		const { id, whole, bytes } = await letterOf('products', { key: 'large', value })
		assert.deepEqual([whole, bytes], [false, value.length])
		const letter = await read(id)
		assert.match(letter.value_text, /^ж{30000,33000}$/)
		assert.deepEqual(await decide('replay', id), [[id, 'not_whole', 'open']])
		const { raw } = await shop.topics.find('products.dlq', ({ key }) => key === 'large')
		assert.equal(raw.value?.length, value.length)
		assert.deepEqual(await decide('drop', id), [[id, 'dropped', 'dropped']])
	})

	test('is there once, when its batch is read again because the offsets were not kept', async () => {
		const name = randomUUID()
		await letterOf('products', { key: name, value: 'no product' })
		if (shop.service.topics.kind === 'embedded') await shop.sql`update topic_offsets set next_offset = 0`
		await letterOf('products', { key: `${name} later`, value: 'no product' })
		assert.equal((await list(`topic=${topicOf('products')}`)).filter(({ key }) => key === name).length, 1)
	})

	test('that is none, or is gone, is 404', async () => {
		const { status, body } = await operator.get('/admin/dead-letters/999999999')
		assert.deepEqual([status, body.code], [404, 'dead_letter_not_found'])
	})

	test('is for operators, and to be decided by them', async () => {
		const viewer = await signInStaff(shop, 'viewer')
		assert.equal((await viewer.get('/admin/dead-letters')).status, 403)
		assert.equal((await viewer.post('/admin/dead-letters/replay', { body: { ids: [1] } })).status, 403)
	})
})

suite('A dead letter that is replayed', () => {
	test('is applied when its cause is gone, with the bytes, key and headers that it came with', async () => {
		await shop.sql`alter table products add constraint no_fault check (name <> 'проклятый')`
		const message = { ...productMessage({ id: 13, name: 'проклятый' }), unknown: 1.5 }
		const headers = { 'x-sender': 'склад', quote: '"\0"' }
		const { id, reason } = await letterOf('products', { key: '13', value: message, headers })
		assert.equal(reason, 'failed')
		await shop.sql`alter table products drop constraint no_fault`
		assert.deepEqual(await decide('replay', id), [[id, 'replayed', 'replayed']])
		await eventually(async () => assert.equal((await shop.guest.get('/products/13')).body.name, 'проклятый'))

		const [first, again] = (await shop.topics.read('products')).filter(({ key }) => key === '13')
		assert.deepEqual([again?.raw.value, again?.raw.key], [first?.raw.value, first?.raw.key])
		assert.deepEqual(again?.headers, { ...headers, 'x-replay-of': String(id) })
		const { state, decided_by, replay } = await read(id)
		assert.deepEqual([state, decided_by, replay], ['replayed', { id: operator.id, email: operator.email }, null])
	})

	test('and comes to nothing again is a new letter that points at the one before, as often as it takes', async () => {
		const command = commandFor(randomUUID())
		const first = await letterOf('orderStatus', command)
		await decide('replay', first.id)
		const nextOf = (id: number) =>
			eventually(async () => {
				const found = (await list(`topic=${topicOf('orderStatus')}&state=open`)).find(({ replay_of }) => replay_of === id)
				assert.ok(found)
				return found
			})
		const second = await nextOf(first.id)
		assert.deepEqual([second.attempts, second.reason], [2, 'unknown_order'])
		assert.equal((await read(first.id)).replay, second.id)
		assert.deepEqual((await read(second.id)).headers, command.headers)
		await decide('replay', second.id)
		const third = await nextOf(second.id)
		assert.equal(third.attempts, 3)
		const dead = (await shop.topics.read('orderStatus.dlq')).filter(({ key }) => key === command.key)
		await outboxIsEmpty()
		assert.deepEqual(
			dead.map(({ headers }) => headers['x-dlq-attempts']).filter((attempts) => attempts !== '3'),
			['1', '2'],
		)
	})

	test('twice at the same moment is sent once', async () => {
		const command = commandFor(randomUUID())
		const { id } = await letterOf('orderStatus', command)
		const results = (await Promise.all(Array.from({ length: 8 }, () => decide('replay', id)))).flat()
		assert.deepEqual(results.map(([, outcome]) => outcome).toSorted(), [
			...Array.from({ length: 7 }, () => 'decided_before'),
			'replayed',
		])
		await eventually(async () => assert.ok((await read(id)).replay))
		await outboxIsEmpty()
		const sent = (await shop.topics.read('orderStatus')).filter(({ headers }) => headers['x-replay-of'] === String(id))
		assert.equal(sent.length, 1)
		const { body } = await manager.get(`/admin/audit?subject_type=dead_letter&subject_id=${id}&action=dead_letter_replayed`)
		assert.equal(body.data.length, 1)
	})

	test('with others goes in the order in which they died, and each has its outcome', async () => {
		const key = randomUUID()
		const letters: Letter[] = []
		for (let version = 1; version <= 3; version++) {
			await shop.topics.publish('products', { key, value: { version } })
			await eventually(async () => {
				letters[version - 1] = (await list(`topic=${topicOf('products')}`)).find(
					(letter) => letter.key === key && !letters.includes(letter),
				)
				assert.equal((await list(`topic=${topicOf('products')}`)).filter((letter) => letter.key === key).length, version)
			})
		}
		const ids: number[] = (await list(`topic=${topicOf('products')}`)).filter((letter) => letter.key === key).map(({ id }) => id)
		const [newest = 0, middle = 0, oldest = 0] = ids
		await decide('drop', middle)
		assert.deepEqual(await decide('replay', newest, 999_999_999, middle, oldest), [
			[newest, 'replayed', 'replayed'],
			[999_999_999, 'not_found', null],
			[middle, 'decided_before', 'dropped'],
			[oldest, 'replayed', 'replayed'],
		])
		await eventually(async () => {
			const sent = (await shop.topics.read('products')).filter((message) => message.key === key).slice(3)
			assert.deepEqual(
				sent.map(({ value, headers }) => [value.version, headers['x-replay-of']]),
				[
					[1, String(oldest)],
					[3, String(newest)],
				],
			)
		})
	})

	test('leaves its line in the audit log, and is not replayed where that can’t be written', async () => {
		const { id } = await letterOf('products', { key: randomUUID(), value: 'no product' })
		await shop.sql`alter table audit_log rename to audit_log_away`
		const refused = await operator.post('/admin/dead-letters/replay', { body: { ids: [id] } })
		await shop.sql`alter table audit_log_away rename to audit_log`
		assert.equal(refused.status, 500)
		assert.equal((await read(id)).state, 'open')
		await decide('drop', id)
		const { body } = await manager.get(`/admin/audit?subject_type=dead_letter&subject_id=${id}&action=dead_letter_dropped`)
		assert.deepEqual(
			body.data.map(({ action, staff, details }: Letter) => [action, staff.id, details]),
			[['dead_letter_dropped', operator.id, { topic: topicOf('products'), reason: 'wrong_schema' }]],
		)
	})

	test('is not believed to be a replay because its sender says so', async () => {
		const { id } = await letterOf('products', { key: randomUUID(), value: 'no product' })
		for (const header of [String(id), '999999999', '99999999999999999999', '-1', 'x\0', '']) {
			const key = randomUUID()
			const { replay_of, attempts } = await letterOf('products', { key, value: 'no product', headers: { 'x-replay-of': header } })
			assert.deepEqual([replay_of, attempts], [null, 1], header)
		}
	})

	test('refuses no ids, more than 100, and the same one twice', async () => {
		for (const ids of [[], Array.from({ length: 101 }, (_, index) => index + 1), [1, 1], ['1'], [0]]) {
			for (const what of ['replay', 'drop']) {
				const { status, body } = await operator.post(`/admin/dead-letters/${what}`, { body: { ids } })
				assert.deepEqual([status, body.code], [400, 'validation_failed'])
			}
		}
	})
})

test('Many messages that can’t be applied are put aside with their batch, and those around them are applied', async () => {
	const messages = Array.from({ length: 400 }, (_, index) =>
		index % 4 === 0 ? { value: productMessage({ id: 5_000 + index }) } : { key: `many ${index}`, value: 'no product' },
	)
	await shop.topics.publish('products', ...messages)
	await eventually(async () => assert.equal((await shop.guest.get('/products/5396')).status, 200))
	const [{ letters }] = await shop.sql<[{ letters: number }]>`
		select count(*)::int as letters from dead_letters where convert_from(key, 'UTF8') like 'many %'`
	assert.equal(letters, 300)
})
