import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import fc from 'fast-check'
import { lockLetters, sendAgain } from '../../src/platform/dead-letters/decide.ts'
import { type Answer, type Client, createClient } from '../support/client.ts'
import { insistently } from '../support/eventually.ts'
import { hold, waitsForLock } from '../support/hold-cart.ts'
import { assertInvariants } from '../support/invariants.ts'
import { COURIER, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { moveOrder, signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { tracesOf } from '../support/traces.ts'

let shop: TestShop
/** A second instance on the same database. */
let other: TestShop
let manager: StaffMember
before(async () => {
	shop = await startTestShop()
	other = await startTestShop(shop.settings)
	await putProducts(shop, { id: 1 }, { id: 2 })
	manager = await signInStaff(shop, 'manager')
})

/** What somebody, a colleague or the delivery service does while the person is erased. */
type Act = 'place' | 'put' | 'rename' | 'sign_out' | 'edit' | 'block' | 'track' | 'cancel'
const ACTS: readonly Act[] = ['place', 'put', 'rename', 'sign_out', 'edit', 'block', 'track', 'cancel']

const ADDRESS = 'Солигалич, Заречная ул., 9'

function act(
	what: Act,
	{ person, through, orderId }: { person: Person; through: Client; orderId: string },
): Promise<Answer | undefined> {
	switch (what) {
		case 'place':
			return through.post('/orders', {
				headers: { 'idempotency-key': randomUUID() },
				body: { phone: person.phone, delivery: { ...COURIER, address: { full_address: ADDRESS } } },
			})
		case 'put':
			return through.put('/cart/items/2', { body: { quantity: 3 } })
		case 'rename':
			return through.patch('/me', { body: { name: 'Пелагея-Ефросинья' } })
		case 'sign_out':
			return through.delete('/sessions/current')
		case 'edit':
			return manager.patch(`/admin/users/${person.id}`, { body: { name: 'Пелагея-Ефросинья' }, headers: { 'if-match': '"1"' } })
		case 'block':
			return manager.post(`/admin/users/${person.id}/block`, { body: { reason: 'Пелагея-Ефросинья' } })
		case 'cancel':
			return through.post(`/orders/${orderId}/cancel`, { body: { reason: 'Пелагея-Ефросинья' } })
		case 'track':
			return shop.topics
				.publish('tracking', {
					value: {
						event_id: randomUUID(),
						order_id: orderId,
						status: 'in_transit',
						location: ADDRESS,
						occurred_at: new Date().toISOString(),
					},
				})
				.then(() => undefined)
	}
}

suite('Somebody who is erased while much else happens to them', () => {
	test('leaves nothing behind; or an order under way, and then they are not erased', async (t) => {
		let erased = 0
		let kept = 0
		await fc.assert(
			fc.asyncProperty(fc.shuffledSubarray([...ACTS, ...ACTS, 'place' as const], { minLength: 2 }), async (acts) => {
				const person = await registerPerson(shop)
				const before = await placeOrder(person, { 1: 1 })
				await moveOrder(manager, before.id, 'received')
				await person.put('/cart/items/1', { body: { quantity: 2 } })
				const clients = [person, createClient(other.url, person.token)]
				const half = Math.floor(acts.length / 2)
				const doing = (what: Act, turn: number) => act(what, { person, through: clients[turn % 2] ?? person, orderId: before.id })
				const first = acts.slice(0, half).map(doing)
				const erasing = insistently(() =>
					manager.post(`/admin/users/${person.id}/erase`, { body: { confirm: person.phone, reason: 'запрос' } }),
				)
				const rest = acts.slice(half).map(doing)
				const [answer, ...answers] = await Promise.all([erasing, ...first, ...rest])
				for (const done of answers) assert.ok(done === undefined || done.status < 500, done?.text)
				const orders = await shop.sql<{ status: string }[]>`
					select status from orders where customer_id = ${person.id} and id <> ${before.id}`
				if (answer.status === 409) {
					kept++
					assert.equal(answer.body.code, 'orders_under_way')
					assert.ok(orders.some(({ status }) => status === 'paid'))
					return
				}
				assert.equal(answer.status, 204, answer.text)
				erased++
				assert.equal(orders.length, 0, 'an order was placed for somebody who is erased')
				const [cart] = await shop.sql<{ product_ids: number[] }[]>`select product_ids from carts where customer_id = ${person.id}`
				assert.deepEqual(cart?.product_ids, [])
				const left = (await tracesOf(shop.sql, [person.phone, person.email])).filter((trace) => !trace.startsWith('outbox:'))
				assert.deepEqual(left, [])
				const [row] = await shop.sql<{ name: string; left: number }[]>`
					select name, (select count(*)::int from sessions where customer_id = customers.id) as left from customers where id = ${person.id}`
				assert.deepEqual(row, { name: '', left: 0 })
			}),
			{ numRuns: 40, endOnFailure: true },
		)
		t.diagnostic(`${erased} erased, ${kept} kept for an order`)
		assert.ok(erased > 0 && kept > 0)
	})

	test('by two at once is erased once', async () => {
		const person = await registerPerson(shop)
		const answers = await Promise.all([shop, other, shop, other].map(({ url }) => createClient(url, person.token).delete('/me')))
		assert.deepEqual(
			answers.map(({ status }) => status).sort((one, another) => one - another),
			[204, 401, 401, 401],
		)
	})
})

test('After all of this totals, histories and events are whole', () => assertInvariants(shop))

suite('Somebody who is erased while a colleague sends again what no topic took', () => {
	test('is told of no more: it is taken back, though it waits to be sent only now', async () => {
		const whole = await startTestShop()
		const person = await registerPerson(whole)
		await whole.close()
		// Nothing is sent here, so that what waits can be seen.
		const api = await startTestShop({ ...whole.settings, ROLE: 'api' })
		const topic = api.service.topicNames.notifications
		const value = Buffer.from(JSON.stringify({ recipient: { email: person.email } }))
		const [letter] = await api.sql<[{ id: number }]>`
			insert into dead_letters (direction, topic, key, type, headers, value, bytes, whole, reason, message, attempts)
			values ('out', ${topic}, ${Buffer.from(String(person.id))}, 'x', '{}', ${value}, ${value.length}, true, 'refused', 'x', 1)
			returning id`
		const again = await hold(api.sql, async (tx) => {
			await lockLetters(tx, [letter.id])
			await sendAgain(tx, [letter.id])
		})
		const erasure = createClient(api.url, person.token).delete('/me')
		await waitsForLock(api.sql)
		await again.release()
		assert.equal((await erasure).status, 204)
		assert.deepEqual(await tracesOf(api.sql, [person.email]), [])
	})
})
