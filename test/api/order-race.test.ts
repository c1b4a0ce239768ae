import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { type Answer, createClient } from '../support/client.ts'
import { eventually, insistently } from '../support/eventually.ts'
import { holdOrder, waitsForLock } from '../support/hold-cart.ts'
import { assertInvariants } from '../support/invariants.ts'
import { placeOrder, putProducts, registerPerson, type Person } from '../support/people.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

const STAFF = 20

let shop: TestShop
let other: TestShop
let anna: Person
const staff: StaffMember[] = []
before(async () => {
	shop = await startTestShop()
	other = await startTestShop(shop.settings)
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
	while (staff.length < STAFF) staff.push(await signInStaff(shop, 'operator'))
})

const change = (member: StaffMember, id: string, body: object, ifMatch?: string) =>
	member.patch(`/admin/orders/${id}/status`, { headers: ifMatch === undefined ? {} : { 'if-match': ifMatch }, body })

suite('Staff who change an order', () => {
	let operator: StaffMember
	before(() => {
		const [first] = staff
		assert.ok(first)
		operator = first
	})

	for (const [what, ifMatch] of [
		['without If-Match', undefined],
		['with any version whatsoever', '*'],
	] as const) {
		test(`${what} must say which version they have seen`, async () => {
			const order = await placeOrder(anna, { 1: 1 })
			const { status, body } = await change(operator, order.id, { status: 'ready' }, ifMatch)
			assert.deepEqual([status, body.code], [428, 'version_required'])
			assert.equal((await anna.get(`/orders/${order.id}`)).body.version, 1)
		})
	}

	for (const [what, ifMatch] of [
		['without quotes', '1'],
		['that is no number', '"one"'],
		['that is several', '"1", "2"'],
		['that is nothing', ''],
		['that is weak in another way', 'w/"1"'],
	] as const) {
		test(`with a version ${what} are told how it is written`, async () => {
			const order = await placeOrder(anna, { 1: 1 })
			const { status, body } = await change(operator, order.id, { status: 'ready' }, ifMatch)
			assert.deepEqual([status, body.code], [400, 'validation_failed'])
			const message = 'должно быть одним ETag, каким вы его получили, вместе с кавычками: "3"'
			assert.deepEqual(body.errors, [{ in: 'header', pointer: '/if-match', code: 'pattern', message }])
			assert.equal((await anna.get(`/orders/${order.id}`)).body.version, 1)
		})
	}

	test('behind a proxy that compresses, which makes the version weak, change it as everybody does', async () => {
		const order = await placeOrder(anna, { 1: 1 })
		const { status, headers } = await change(operator, order.id, { status: 'ready' }, 'W/"1"')
		assert.deepEqual([status, headers.get('etag')], [200, '"2"'])
		const late = await change(operator, order.id, { status: 'received' }, 'W/"1"')
		assert.deepEqual([late.status, late.body.code], [412, 'version_stale'])
	})

	test('from a version that is gone are shown the order as it is', async () => {
		const order = await placeOrder(anna, { 1: 1 })
		await change(operator, order.id, { status: 'assembling' }, '"1"')
		for (const stale of ['"1"', '"3"', '"999999999"']) {
			const { status, body, headers } = await change(operator, order.id, { status: 'ready' }, stale)
			assert.deepEqual([status, body.code, headers.get('etag')], [412, 'version_stale', '"2"'])
			assert.deepEqual(body.current, (await operator.get(`/admin/orders/${order.id}`)).body)
		}
		const { status, headers } = await change(operator, order.id, { status: 'ready' }, '"2"')
		assert.deepEqual([status, headers.get('etag')], [200, '"3"'])
	})

	for (const [what, body, pointer] of [
		['without a status', {}, '/status'],
		['with an unknown status', { status: 'lost' }, '/status'],
		['with a reason that is too long', { status: 'ready', reason: 'п'.repeat(1_001) }, '/reason'],
		['with a field that there is not', { status: 'ready', force: true }, '/force'],
	] as const) {
		test(`${what} are told what is wrong`, async () => {
			const order = await placeOrder(anna, { 1: 1 })
			const answer = await change(operator, order.id, body, '"1"')
			assert.deepEqual([answer.status, answer.body.errors[0].pointer], [400, pointer])
		})
	}

	test('are told when there is no such order', async () => {
		const { status, body } = await change(operator, randomUUID(), { status: 'ready' }, '"1"')
		assert.deepEqual([status, body.code], [404, 'order_not_found'])
		assert.equal((await operator.get(`/admin/orders/${randomUUID()}`)).body.code, 'order_not_found')
	})
})

suite(`${STAFF} of the staff and the inventory service race on one order`, () => {
	/** All ask at once, on two instances, for the version they have all seen. */
	async function race(id: string): Promise<{ seen: number; answers: Answer[]; final: boolean }> {
		const [first] = staff
		assert.ok(first)
		const { body, headers } = await first.get(`/admin/orders/${id}`)
		const targets: string[] = body.next_statuses
		if (targets.length === 0) return { seen: body.version, answers: [], final: true }
		const etag = headers.get('etag') ?? ''
		const asked = staff.map((member, index) => {
			const wish = { status: targets[index % targets.length], reason: member.email }
			const through = index % 2 ? { ...member, ...createClient(other.url, member.token) } : member
			return insistently(() => change(through, id, wish, etag))
		})
		const command = { event_id: randomUUID(), order_id: id, status: targets[0] }
		const [answers] = await Promise.all([Promise.all(asked), shop.topics.publish('orderStatus', { value: command })])
		return { seen: body.version, answers, final: false }
	}

	test('each version has one winner, and the others are shown the order as it is', async () => {
		const order = await placeOrder(anna, { 1: 1 })
		const won = new Map<number, string>()
		for (let round = await race(order.id); !round.final; round = await race(order.id)) {
			const winners = round.answers.filter(({ status }) => status === 200)
			assert.ok(winners.length <= 1, `${winners.length} won version ${round.seen}`)
			for (const { body } of winners) won.set(body.version, body.history.at(-1).reason)
			for (const { status, body } of round.answers.filter((answer) => answer.status !== 200)) {
				assert.deepEqual([status, body.code], [412, 'version_stale'])
				assert.ok(body.current.version > round.seen)
				assert.equal(body.current.history.length, body.current.version)
			}
		}
		const { body } = await anna.get(`/orders/${order.id}`)
		const byStaff = body.history.filter((line: { source: string }) => line.source === 'admin')
		assert.deepEqual(
			byStaff.map((line: { version: number; reason: string }) => [line.version, line.reason]),
			[...won],
		)
		assert.deepEqual(
			body.history.map((line: { version: number }) => line.version),
			body.history.map((_: unknown, index: number) => index + 1),
		)
	})

	test('each version has one winner too where some change many orders at once', async () => {
		const orders = [await placeOrder(anna, { 1: 1 }), await placeOrder(anna, { 1: 1 }), await placeOrder(anna, { 1: 1 })]
		const ids = orders.map(({ id }) => id)
		const won = new Map<string, string>()
		const win = (id: string, version: number, by: StaffMember) => {
			assert.equal(won.get(`${id} ${version}`), undefined, `two won version ${version}`)
			won.set(`${id} ${version}`, by.email)
		}
		for (const status of ['assembling', 'ready', 'received']) {
			const seen = await Promise.all(ids.map((id) => anna.get(`/orders/${id}`)))
			const one = async (member: StaffMember, index: number) => {
				const id = ids[index % ids.length] ?? ''
				const etag = seen[index % ids.length]?.headers.get('etag') ?? ''
				const answer = await insistently(() => change(member, id, { status, reason: member.email }, etag))
				if (answer.status === 200) return win(id, answer.body.version, member)
				assert.deepEqual([answer.status, answer.body.code], [412, 'version_stale'])
				assert.equal(answer.body.current.history.length, answer.body.current.version)
			}
			const many = async (member: StaffMember, index: number) => {
				const through = index % 2 ? createClient(other.url, member.token) : member
				const wanted = { ids: index % 3 ? ids : ids.toReversed(), status, reason: member.email }
				const { body } = await insistently(() => through.post('/admin/orders/bulk-status', { body: wanted }))
				for (const { id, outcome, order } of body.data) {
					assert.ok(['changed', 'unchanged'].includes(outcome), outcome)
					if (outcome === 'changed') win(id, order.version, member)
				}
			}
			await Promise.all(staff.map((member, index) => (index % 4 === 0 ? many : one)(member, index)))
		}
		for (const id of ids) {
			const { body } = await anna.get(`/orders/${id}`)
			assert.deepEqual(
				body.history.slice(1).map((line: { version: number; status: string; reason: string }) => [line.status, line.reason]),
				['assembling', 'ready', 'received'].map((status, index) => [status, won.get(`${id} ${index + 2}`)]),
			)
		}
	})

	test('a customer’s cancelling and the staff’s change exclude each other', async () => {
		for (let round = 0; round < 5; round++) {
			const order = await placeOrder(anna, { 1: 1 })
			const [operator] = staff
			assert.ok(operator)
			const [cancelled, assembled] = await Promise.all([
				anna.post(`/orders/${order.id}/cancel`),
				change(operator, order.id, { status: 'assembling' }, '"1"'),
			])
			const { body } = await anna.get(`/orders/${order.id}`)
			assert.equal(body.version, 2)
			if (body.status === 'cancelled') assert.deepEqual([cancelled.status, assembled.status], [200, 412])
			else assert.deepEqual([cancelled.body.code, assembled.status], ['transition_refused', 200])
		}
	})
})

suite('The times of an order never run backwards', () => {
	let operator: StaffMember
	before(() => {
		const [first] = staff
		assert.ok(first)
		operator = first
	})

	/** Whatever carries the time of a change, from the first one on. */
	async function timesOf(id: string): Promise<{ history: number[]; events: number[]; told: number[]; updated: number }> {
		const { body } = await anna.get(`/orders/${id}`)
		const events = await eventually(async () => {
			const found = (await shop.topics.read('orders')).filter(
				({ key, headers }) => key === id && headers['ce_type'] === 'order.status_changed',
			)
			assert.equal(found.length, body.version - 1)
			return found
		})
		return {
			history: body.history.map(({ at }: { at: string }) => Date.parse(at)),
			events: events.map(({ value }) => Date.parse(value.occurred_at)),
			told: events.map(({ headers }) => Date.parse(headers['ce_time'] ?? '')),
			updated: Date.parse(body.updated_at),
		}
	}

	async function assertForwards(id: string, changes: number): Promise<void> {
		const { history, events, told, updated } = await timesOf(id)
		assert.equal(history.length, changes + 1)
		for (const times of [history, told])
			assert.deepEqual(
				times,
				times.toSorted((one, other) => one - other),
			)
		assert.deepEqual(events, history.slice(1), 'the events tell the same times')
		assert.equal(updated, history.at(-1))
	}

	test('where a batch of commands waited for another order, while somebody else changed this one', async () => {
		const [held, other] = [await placeOrder(anna, { 1: 1 }), await placeOrder(anna, { 1: 1 })]
		const lock = await holdOrder(shop.sql, held.id)
		const commandOf = (id: string, status: string) => ({ key: held.id, value: { event_id: randomUUID(), order_id: id, status } })
		await shop.topics.publish('orderStatus', commandOf(held.id, 'assembling'), commandOf(other.id, 'ready'))
		await waitsForLock(shop.sql)
		assert.equal((await change(operator, other.id, { status: 'assembling' }, '"1"')).status, 200)
		await lock.release()
		await eventually(async () => assert.equal((await anna.get(`/orders/${other.id}`)).body.status, 'ready'))
		await assertForwards(other.id, 2)
		await assertForwards(held.id, 1)
	})

	test('where the database’s clock was set back', async () => {
		const order = await placeOrder(anna, { 1: 1 })
		await shop.sql`update orders set updated_at = updated_at + interval '1 hour' where id = ${order.id}`
		await shop.sql`update order_history set at = at + interval '1 hour' where order_id = ${order.id}`
		assert.equal((await change(operator, order.id, { status: 'ready' }, '"1"')).status, 200)
		await assertForwards(order.id, 1)
	})
})

test('After all of this totals, histories and events are whole', () => assertInvariants(shop))
