import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Sql } from '../../src/platform/db/database.ts'
import { eventually } from '../support/eventually.ts'
import { assertInvariants } from '../support/invariants.ts'
import { type Person, placeOrder, productMessage, putProducts, registerPerson } from '../support/people.ts'
import { startProxiedShop } from '../support/proxy.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** A fault in the database that no check foresaw: whatever holds this text can't be written. */
const CURSED = 'проклятый'

async function curse(sql: Sql, table: string, column: string): Promise<void> {
	await sql.unsafe(`
		create function refuse_cursed_${table}() returns trigger language plpgsql as $$
		begin
			if new.${column} = '${CURSED}' then raise exception 'a fault that nobody foresaw'; end if;
			return new;
		end $$;
		create trigger refuse_cursed before insert on ${table} for each row execute function refuse_cursed_${table}()`)
}

suite('A message whose handling fails for a reason that nobody foresaw', () => {
	let shop: TestShop
	let anna: Person
	before(async () => {
		shop = await startTestShop()
		await putProducts(shop, { id: 1 })
		anna = await registerPerson(shop)
		await curse(shop.sql, 'products', 'name')
		await curse(shop.sql, 'order_history', 'reason')
	})

	test('becomes a dead letter with its bytes, and those around it are applied', async () => {
		const messages = [101, 102, 103, 104, 105].map((id) => productMessage({ id, name: id === 103 ? CURSED : `товар_${id}` }))
		await shop.topics.publish('products', ...messages.map((value) => ({ value })))
		for (const id of [101, 102, 104, 105]) {
			await eventually(async () => assert.equal((await shop.guest.get(`/products/${id}`)).status, 200))
		}
		const { key, value, headers } = await shop.topics.find('products.dlq', ({ key }) => key === '103')
		assert.equal(key, '103')
		assert.deepEqual(value, messages[2])
		assert.equal(headers['x-dlq-error'], 'failed: a fault that nobody foresaw')
		assert.equal((await shop.guest.get('/products/103')).status, 404)
	})

	test('leaves nothing of itself behind, and the commands around it are carried out', async () => {
		const orders: { id: string }[] = []
		for (let count = 0; count < 3; count++) orders.push(await placeOrder(anna, { 1: 1 }))
		const commands = orders.map(({ id }, index) => ({
			event_id: randomUUID(),
			order_id: id,
			status: 'assembling',
			reason: index === 1 ? CURSED : null,
		}))
		await shop.topics.publish('orderStatus', ...commands.map((value) => ({ value })))
		await shop.topics.find('orderStatus.dlq', ({ value }) => value.event_id === commands[1]?.event_id)
		for (const [index, { id }] of orders.entries()) {
			const expected = index === 1 ? ['paid', 1] : ['assembling', 2]
			await eventually(async () => {
				const { body } = await anna.get(`/orders/${id}`)
				assert.deepEqual([body.status, body.history.length], expected)
			})
		}
		await assertInvariants(shop)
	})

	test('nested however deep is put aside like others, with a short reason', async () => {
		const deep = Buffer.from(`{"id": ${'['.repeat(400_000)}"\\u0000"${']'.repeat(400_000)}}`)
		await shop.topics.publish('products', { key: '201', value: deep }, { value: productMessage({ id: 202 }) })
		await eventually(async () => assert.equal((await shop.guest.get('/products/202')).status, 200))
		const { raw, headers } = await shop.topics.find('products.dlq', ({ key }) => key === '201')
		assert.ok(raw.value?.equals(deep))
		assert.match(headers['x-dlq-error'] ?? '', /^wrong_schema: .{1,1000}$/)
	})

	test('is not read again: after a new start what follows is applied, and there is no second dead letter', async () => {
		const deadBefore = (await shop.topics.read('products.dlq')).length
		await shop.close()
		const restarted = await startTestShop(shop.settings)
		await putProducts(restarted, { id: 301 })
		await restarted.topics.publish('products', { key: 'none', value: 'no product' })
		await restarted.topics.find('products.dlq', ({ key }) => key === 'none')
		assert.equal((await restarted.topics.read('products.dlq')).length, deadBefore + 1)
	})
})

suite('When the database goes away in the middle of a batch', () => {
	test('nothing of it is lost and nothing is done twice', async () => {
		const { shop: worker, proxy, database } = await startProxiedShop({ ROLE: 'worker' })
		const shop = await startTestShop({ ...worker.settings, DATABASE_URL: database.url, ROLE: 'api' })
		await putProducts(shop, { id: 7 })

		const ids = Array.from({ length: 50 }, (_, index) => index + 1)
		const { promise: released, resolve: release } = Promise.withResolvers<void>()
		const { promise: locked, resolve: hold } = Promise.withResolvers<void>()
		const holding = database.sql.begin(async (tx) => {
			await tx`select from products where id = 7 for update`
			hold()
			await released
		})
		await locked
		const messages = ids.map((id) => ({ value: productMessage({ id, version: 2, cost: 900 }) }))
		await shop.topics.publish('products', ...messages, { key: 'none', value: 'no product' })
		await eventually(async () => {
			const waiting = await database.sql`
				select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
			assert.equal(waiting.count, 1)
		})
		proxy.cut()
		release()
		await holding
		assert.equal((await shop.guest.get('/products/1')).status, 404, 'the batch is not half done')
		proxy.heal()

		for (const id of ids) await eventually(async () => assert.equal((await shop.guest.get(`/products/${id}`)).body.price, 900))
		await shop.topics.find('products.dlq', ({ key }) => key === 'none')
		await putProducts(shop, { id: 51 })
		assert.equal((await shop.topics.read('products.dlq')).length, 1)
	})
})
