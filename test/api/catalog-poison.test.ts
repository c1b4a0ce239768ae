import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import fc from 'fast-check'
import { eventually } from '../support/eventually.ts'
import { productMessage, putProducts } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import type { Message, Publication } from '../support/topics.ts'

let shop: TestShop

let lastId = 0
const newId = (): number => ++lastId

/** Publishes between two good messages, and waits until both have been applied and all dead letters are out. */
async function publishAmongGoodOnes(...messages: Publication[]): Promise<void> {
	const [first, last] = [newId(), newId()]
	await shop.topics.publish('products', { value: productMessage({ id: first }) }, ...messages)
	await putProducts(shop, { id: last })
	assert.equal((await shop.guest.get(`/products/${first}`)).status, 200)
	await eventually(async () => assert.equal((await shop.sql`select from outbox limit 1`).count, 0))
}

const product = (given: object) => ({ ...productMessage({ id: 999_999 }), ...given })
const bytes = (text: string) => Buffer.from(text)
const keyed = (value: unknown) => ({ key: '999999', value })
const { cost: _, ...withoutCost } = product({})

const POISON: readonly (readonly [what: string, publication: Publication, reason: RegExp])[] = [
	['a value that is not JSON', keyed(bytes('{"id": 10,')), /^malformed_json: /],
	['a value without a byte', keyed(bytes('')), /^malformed_json: /],
	['a value that is not UTF-8', keyed(Buffer.from('{"name": "велосипед"}', 'utf16le')), /^malformed_json: /],
	['JSON that is no object', keyed(42), /^wrong_schema: /],
	['a list of products', keyed([product({})]), /^wrong_schema: /],
	['a value that nests without end', keyed(bytes('['.repeat(400_000) + ']'.repeat(400_000))), /^wrong_schema: /],
	['a product without a cost', keyed(withoutCost), /^wrong_schema: \/cost is missing/],
	['a cost that is text', keyed(product({ cost: '500' })), /^wrong_schema: \/cost /],
	['a cost with a fraction', keyed(product({ cost: 499.5 })), /^wrong_schema: \/cost /],
	['a cost below zero', keyed(product({ cost: -1 })), /^wrong_schema: \/cost /],
	[
		'a cost beyond what JSON numbers hold',
		keyed(bytes(JSON.stringify(product({})).replace(':500', ':1e400'))),
		/^wrong_schema: \/cost /,
	],
	['an id that is text', keyed(product({ id: '10' })), /^wrong_schema: \/id /],
	['a version below zero', keyed(product({ version: -1 })), /^wrong_schema: \/version /],
	['pieces below zero', keyed(product({ available: -1 })), /^wrong_schema: \/available /],
	['half of the measurements', keyed(product({ measurements: { weight: 1 } })), /^wrong_schema: \/measurements\/height /],
	['a name without a character', keyed(product({ name: '' })), /^wrong_schema: \/name /],
	['a NUL character in the name', keyed(product({ name: 'вело\0сипед' })), /^wrong_schema: \/name .*NUL/],
	['a NUL character in a field nobody knows', keyed(product({ colour: ['\0'] })), /^wrong_schema: \/colour\/0 .*NUL/],
	['half of a surrogate pair', keyed(product({ description: '\ud83d' })), /^wrong_schema: \/description /],
	[
		'a structured CloudEvent without data',
		{ ...keyed({ specversion: '1.0', id: '1' }), headers: structured() },
		/^wrong_schema: /,
	],
	['a body of more than 1 MB', keyed(product({ padding: 'x'.repeat(1024 * 1024) })), /^body_too_large: /],
	['a body of 10 MB', keyed(bytes('x'.repeat(10 * 1024 * 1024))), /^body_too_large: /],
	['no key', { key: null, value: product({}) }, /^null_key: /],
	['no key and no value', { key: null, value: null }, /^null_key: /],
	['a withdrawal of a key that is no id', { key: 'велосипед', value: null }, /^wrong_key: /],
	['a withdrawal of an id that is too great', { key: '99999999999999999999', value: null }, /^wrong_key: /],
	['a withdrawal of a key with a NUL character', { key: '1\0', value: null }, /^wrong_key: /],
	['a withdrawal of an empty key', { key: '', value: null }, /^wrong_key: /],
]

function structured() {
	return { 'content-type': 'application/cloudevents+json' }
}

suite('A message that can never be applied becomes a dead letter, and the rest goes on:', () => {
	const from = Date.now()
	let sent: Message[]
	let letters: Message[]
	before(async () => {
		shop = await startTestShop()
		const poison = POISON.map(([, { headers, ...publication }], index) => ({
			...publication,
			headers: { ...headers, sender: `склад ${index}` },
		}))
		await publishAmongGoodOnes(...poison)
		sent = await shop.topics.read('products')
		letters = await shop.topics.read('products.dlq')
	})

	for (const [index, [what, { headers }, reason]] of POISON.entries()) {
		test(what, () => {
			const mine = ({ raw }: Message) => raw.headers['sender'] === `склад ${index}`
			const origin = sent.find(mine)?.raw
			const [letter, ...others] = letters.filter(mine)
			assert.ok(origin && letter)
			assert.deepEqual(others, [])
			assert.deepEqual(letter.raw.value, origin.value, 'the exact bytes')
			assert.deepEqual(letter.raw.key, origin.key, 'the exact key')
			const { 'x-dlq-error': error = '', 'x-dlq-at': at = '', ...rest } = letter.headers
			assert.match(error, reason)
			assert.ok(Date.parse(at) >= from && Date.parse(at) <= Date.now())
			assert.deepEqual(rest, {
				...headers,
				sender: `склад ${index}`,
				'x-dlq-topic': shop.service.topicNames.products,
				'x-dlq-partition': String(origin.partition),
				'x-dlq-offset': String(origin.offset),
				'x-dlq-attempts': '1',
			})
		})
	}

	test('there is a dead letter for each of them and for nothing else', async () => {
		assert.equal(letters.length, POISON.length)
		assert.equal((await shop.guest.get('/products/999999')).status, 404)
		assert.equal((await shop.guest.get('/products')).body.data.length, 2)
	})
})

suite('A dead letter', () => {
	test('can be sent again: it is applied when its cause is gone, and a dead letter again when it is not', async () => {
		const [letter] = (await shop.topics.read('products.dlq')).filter(({ headers }) =>
			headers['x-dlq-error']?.startsWith('null_key'),
		)
		assert.ok(letter)
		const { value, headers } = letter.raw
		await publishAmongGoodOnes({ key: '999999', value, headers })
		assert.equal((await shop.guest.get('/products/999999')).body.name, 'велосипед_999999')
		await publishAmongGoodOnes({ key: null, value, headers })
		const again = (await shop.topics.read('products.dlq')).at(-1)
		assert.deepEqual(again?.raw.value, value)
		assert.notEqual(again?.headers['x-dlq-offset'], headers['x-dlq-offset'])
	})
})

suite('Whatever comes', () => {
	test('is applied or becomes a dead letter, and the messages after it are applied', async () => {
		const field = fc.constantFrom('id', 'name', 'description', 'cost', 'tax', 'version', 'measurements', 'available')
		const almost = fc.tuple(field, fc.jsonValue()).map(([name, value]) => Buffer.from(JSON.stringify(product({ [name]: value }))))
		const value = fc.oneof(
			fc.uint8Array({ maxLength: 100 }).map((content) => Buffer.from(content)),
			fc.json().map((text) => Buffer.from(text)),
			almost,
			fc.constant(null),
		)
		const key = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 10 }).map((text) => `ключ ${text}`),
			fc.integer({ min: 1_000_000 }).map(String),
			fc.constant(null),
		)
		const headers = fc.dictionary(
			fc.constantFrom('ce_id', 'content-type', 'x'),
			fc.oneof(fc.string(), fc.constant(structured()['content-type'])),
		)
		await fc.assert(
			fc.asyncProperty(fc.array(fc.record({ key, value, headers }), { minLength: 20, maxLength: 20 }), async (messages) => {
				await publishAmongGoodOnes(...messages)
				assert.equal((await shop.guest.get('/products?limit=100')).status, 200)
			}),
			{ numRuns: 10, endOnFailure: true },
		)
	})
})
