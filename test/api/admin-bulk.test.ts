import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Answer } from '../support/client.ts'
import { assertInvariants } from '../support/invariants.ts'
import { type Person, PICKUP, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { recordSales } from '../support/sales.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { moveOrder, signInStaff, type StaffMember } from '../support/staff.ts'

let shop: TestShop
let anna: Person
let operator: StaffMember
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
	operator = await signInStaff(shop, 'operator')
})

const bulk = (body: object, by = operator): Promise<Answer> => by.post('/admin/orders/bulk-status', { body })

/** A new order that has come as far as that. */
async function orderAt(status: string, delivery?: object): Promise<{ readonly id: string; readonly number: number }> {
	const order = await placeOrder(anna, { 1: 1 }, delivery)
	if (status !== 'paid') await moveOrder(operator, order.id, status)
	return order
}

const statusOf = async (id: string): Promise<[string, number]> => {
	const { body } = await operator.get(`/admin/orders/${id}`)
	return [body.status, body.version]
}

type Outcome = { readonly id: string; readonly outcome: string; readonly code: string | null; readonly order: unknown }

/** What the answer tells of each order, without the orders. */
const outcomesOf = ({ body }: Answer) => body.data.map(({ id, outcome, code }: Outcome) => [id, outcome, code])

suite('Many orders changed at once', () => {
	test('have an outcome each, in the order in which they were named, with the order as it is now', async () => {
		const paid = await orderAt('paid')
		const nobody = randomUUID()
		const assembling = await orderAt('assembling')
		const received = await orderAt('received')
		const ready = await orderAt('ready')
		const ids = [received.id, paid.id, nobody, assembling.id, ready.id]
		const answer = await bulk({ ids, status: 'assembling' })
		assert.equal(answer.status, 200, answer.text)
		assert.deepEqual(outcomesOf(answer), [
			[received.id, 'refused', 'transition_refused'],
			[paid.id, 'changed', null],
			[nobody, 'not_found', 'order_not_found'],
			[assembling.id, 'unchanged', null],
			[ready.id, 'refused', 'transition_refused'],
		])
		for (const { id, order } of answer.body.data) {
			const [listed] = (await operator.get(`/admin/orders?number=${order?.number ?? 1}`)).body.data
			assert.deepEqual(order, listed ?? null)
			assert.equal(order?.id ?? nobody, id)
		}
		assert.deepEqual(await statusOf(paid.id), ['assembling', 2])
		assert.deepEqual(await statusOf(assembling.id), ['assembling', 2])
		assert.deepEqual(await statusOf(received.id), ['received', 2])
	})

	test('have history, events, messages to the customer and lines of the audit log as if each had been changed alone', async () => {
		const [one, other] = [await orderAt('paid', PICKUP), await orderAt('paid', PICKUP)]
		await bulk({ ids: [one.id], status: 'ready', reason: 'готово' })
		const current = await operator.get(`/admin/orders/${other.id}`)
		await operator.patch(`/admin/orders/${other.id}/status`, {
			headers: { 'if-match': current.headers.get('etag') ?? '' },
			body: { status: 'ready', reason: 'готово' },
		})
		const tracesOf = async ({ id, number }: { id: string; number: number }) => {
			const { body } = await anna.get(`/orders/${id}`)
			const { value: event } = await shop.topics.find('orders', ({ key, value }) => key === id && value.version === 2)
			const told = await shop.topics.read('notifications')
			const messages = told.filter(({ value }) => value.data.order_number === number && value.template === 'order_status')
			const audit = await shop.sql`
				select staff_id, action, details from audit_log where subject_type = 'order' and subject_id = ${id} and action <> 'order_viewed'`
			const traces = { history: body.history, event, messages: messages.map(({ value }) => value), audit }
			return JSON.stringify(traces)
				.replaceAll(id, 'id')
				.replaceAll(String(number), 'number')
				.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'at')
		}
		const traces = await tracesOf(one)
		assert.equal(traces, await tracesOf(other))
		for (const trace of [
			'"source":"admin"',
			'"reason":"готово"',
			'"channel":"sms"',
			'"channel":"email"',
			'"order_status_changed"',
		])
			assert.ok(traces.includes(trace), `${trace} in ${traces}`)
	})

	test('are changed and told of once, however often and in whatever case they are named', async () => {
		const [one, other] = [await orderAt('paid'), await orderAt('paid')]
		const answer = await bulk({ ids: [one.id, other.id, one.id.toUpperCase(), one.id], status: 'ready' })
		assert.deepEqual(outcomesOf(answer), [
			[one.id, 'changed', null],
			[other.id, 'changed', null],
		])
		assert.deepEqual(await statusOf(one.id), ['ready', 2])
	})

	test('asked for again stay as they are', async () => {
		const ids = [(await orderAt('paid')).id, (await orderAt('paid')).id]
		await bulk({ ids, status: 'ready' })
		assert.deepEqual(
			outcomesOf(await bulk({ ids, status: 'ready' })),
			ids.map((id) => [id, 'unchanged', null]),
		)
		for (const id of ids) assert.deepEqual(await statusOf(id), ['ready', 2])
	})
})

suite('Of many orders, one', () => {
	test('that fails keeps no other one back', async () => {
		const [good, bad, better] = [await orderAt('paid'), await orderAt('paid'), await orderAt('paid')]
		await shop.sql.unsafe(`
			create function fail() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$;
			create trigger fail before update on orders for each row when (old.id = '${bad.id}') execute function fail()`)
		const answer = await bulk({ ids: [good.id, bad.id, better.id], status: 'assembling' })
		assert.deepEqual(outcomesOf(answer), [
			[good.id, 'changed', null],
			[bad.id, 'failed', 'internal_error'],
			[better.id, 'changed', null],
		])
		assert.equal(answer.body.data[1].order, null)
		assert.ok(!answer.text.includes('broken'))
		await shop.sql`drop trigger fail on orders`
		assert.deepEqual(await statusOf(bad.id), ['paid', 1])
		assert.deepEqual(outcomesOf(await bulk({ ids: [bad.id], status: 'assembling' })), [[bad.id, 'changed', null]])
	})

	test('that somebody holds is waited for a second, not as long as they hold it; alone it is 503', async () => {
		const [held, ...others] = [await orderAt('paid'), await orderAt('paid'), await orderAt('paid')]
		await shop.sql.begin(async (tx) => {
			await tx`select from orders where id = ${held.id} for update`
			const ids = [held.id, ...others.map(({ id }) => id)]
			const answer = await bulk({ ids, status: 'ready' })
			assert.deepEqual(outcomesOf(answer), [[held.id, 'failed', 'unavailable'], ...others.map(({ id }) => [id, 'changed', null])])
			const alone = await bulk({ ids: [held.id], status: 'ready' })
			assert.deepEqual([alone.status, alone.body.code, alone.headers.get('retry-after')], [503, 'unavailable', '1'])
		})
		assert.deepEqual(await statusOf(held.id), ['paid', 1])
	})
})

suite('A change of many orders is refused', () => {
	for (const [what, body, pointer] of [
		['without ids', { status: 'ready' }, '/ids'],
		['of none', { ids: [], status: 'ready' }, '/ids'],
		['of more than 500', { ids: Array.from({ length: 501 }, () => randomUUID()), status: 'ready' }, '/ids'],
		['with an id that is none', { ids: [randomUUID(), '7'], status: 'ready' }, '/ids/1'],
		['without a status', { ids: [randomUUID()] }, '/status'],
		['to an unknown status', { ids: [randomUUID()], status: 'lost' }, '/status'],
		['with a reason that is too long', { ids: [randomUUID()], status: 'ready', reason: 'п'.repeat(1_001) }, '/reason'],
		['with a field that there is not', { ids: [randomUUID()], status: 'ready', version: 1 }, '/version'],
	] as const) {
		test(what, async () => {
			const { status, body: problem } = await bulk(body)
			assert.deepEqual([status, problem.code, problem.errors[0].pointer], [400, 'validation_failed', pointer])
		})
	}

	test('to who only reads', async () => {
		const order = await orderAt('paid')
		const { status, body } = await bulk({ ids: [order.id], status: 'ready' }, await signInStaff(shop, 'viewer'))
		assert.deepEqual([status, body.code, body.required_role], [403, 'forbidden', 'operator'])
		assert.deepEqual(await statusOf(order.id), ['paid', 1])
	})
})

test('After all of this totals, histories and events are whole', () => assertInvariants(shop))

test('500 orders are changed by one request; what a busy machine had no time for is told, and done when it is asked for again', async () => {
	const large = await startTestShop()
	await recordSales(
		large.sql,
		Array.from({ length: 500 }, () => ({ lines: [{ name: 'велосипед_1' }] })),
	)
	const member = await signInStaff(large, 'operator')
	const all = (await large.sql<{ id: string }[]>`select id from orders order by number`).map(({ id }) => id)
	const changed = new Set<string>()
	for (let ids = all; ids.length > 0; ) {
		const { status, body } = await bulk({ ids, status: 'assembling' }, member)
		assert.equal(status, 200)
		assert.deepEqual(
			body.data.map(({ id }: Outcome) => id),
			ids,
		)
		const late = body.data.filter(({ outcome }: Outcome) => outcome === 'failed')
		assert.ok(late.length < ids.length && late.every(({ code }: Outcome) => code === 'overloaded'))
		for (const { id, outcome } of body.data) if (outcome === 'changed') changed.add(id)
		ids = late.map(({ id }: Outcome) => id)
	}
	assert.deepEqual(changed, new Set(all))
	const [row] = await large.sql`select count(*) as changed from orders where status = 'assembling' and version = 2`
	assert.equal(row?.['changed'], 500)
})
