import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { watch } from '../support/event-stream.ts'
import { eventually } from '../support/eventually.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { moveOrder, serviceWithKey, signInStaff, type StaffMember } from '../support/staff.ts'

const NOTES_MAX = 100

let shop: TestShop
let anna: Person
let operator: StaffMember
let colleague: StaffMember
let viewer: StaffMember
before(async () => {
	shop = await startTestShop()
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop, { name: 'Анна Каренина' })
	operator = await signInStaff(shop, 'operator')
	colleague = await signInStaff(shop, 'operator')
	viewer = await signInStaff(shop, 'viewer')
})

const placed = async (by = anna): Promise<string> => (await placeOrder(by, { 1: 1 })).id
const note = (id: string, text: unknown, by = operator) => by.post(`/admin/orders/${id}/notes`, { body: { text } })
const notesOn = async (id: string) => (await viewer.get(`/admin/orders/${id}`)).body.notes
const auditOf = (id: string) => shop.sql<{ staff_id: number; action: string; details: unknown }[]>`
	select staff_id, action, details from audit_log where subject_type = 'order' and subject_id = ${id} order by id`

suite('A note for colleagues', () => {
	test('is shown to the staff with who wrote it and when, the newest last', async () => {
		const id = await placed()
		const first = await note(id, 'Просит позвонить\nпосле 18:00')
		assert.equal(first.status, 201, first.text)
		const { id: firstId, at, ...rest } = first.body
		assert.deepEqual(rest, { text: 'Просит позвонить\nпосле 18:00', author: { id: operator.id, name: operator.email } })
		assert.ok(Math.abs(Date.parse(at) - Date.now()) < 60_000)
		const second = await note(id.toUpperCase(), 'Позвонил', colleague)
		assert.ok(second.body.id > firstId)
		assert.deepEqual(await notesOn(id), [first.body, second.body])
	})

	test('leaves the order’s version, status and history as they are', async () => {
		const id = await placed()
		const before = await anna.get(`/orders/${id}`)
		await note(id, 'заметка')
		assert.equal((await anna.get(`/orders/${id}`)).text, before.text)
	})

	test('of 2,000 characters is taken, however many bytes they are', async () => {
		const id = await placed()
		const text = '🚲'.repeat(2_000)
		assert.equal((await note(id, text)).status, 201)
		assert.deepEqual(
			(await notesOn(id)).map((one: { text: string }) => one.text),
			[text],
		)
	})

	for (const [what, text] of [
		['without text', undefined],
		['that is blank', ' \n\t'],
		['of more than 2,000 characters', 'п'.repeat(2_001)],
		['with a NUL in it', 'а\0б'],
		['that is no text', 7],
	] as const) {
		test(`${what} is refused`, async () => {
			const id = await placed()
			const { status, body } = await note(id, text)
			assert.deepEqual([status, body.code, body.errors[0].pointer], [400, 'validation_failed', '/text'])
			assert.deepEqual(await notesOn(id), [])
		})
	}

	test('on an order that there is not is refused', async () => {
		const { status, body } = await note(randomUUID(), 'заметка')
		assert.deepEqual([status, body.code], [404, 'order_not_found'])
	})

	test('of who only reads is refused', async () => {
		const id = await placed()
		const { status, body } = await note(id, 'заметка', viewer)
		assert.deepEqual([status, body.required_role], [403, 'operator'])
	})

	test(`is refused where there are ${NOTES_MAX}, also when several come at once, until one is deleted`, async () => {
		const id = await placed()
		await shop.sql`
			insert into order_notes (order_id, staff_id, text)
			select ${id}, ${operator.id}, 'заметка ' || n from generate_series(1, ${NOTES_MAX - 1}::int) as n`
		const answers = await Promise.all(['а', 'б', 'в', 'г'].map((text) => note(id, text)))
		assert.equal(answers.filter(({ status }) => status === 201).length, 1)
		for (const { status, body } of answers.filter((answer) => answer.status !== 201)) {
			assert.deepEqual([status, body.code, body.limit], [409, 'too_many_notes', NOTES_MAX])
		}
		const [oldest] = await notesOn(id)
		assert.equal((await operator.delete(`/admin/orders/${id}/notes/${oldest.id}`)).status, 204)
		assert.equal((await note(id, 'д')).status, 201)
		assert.equal((await notesOn(id)).length, NOTES_MAX)
	})

	test('is deleted by who wrote it and by nobody else', async () => {
		const id = await placed()
		const { body } = await note(id, 'заметка')
		const owner = await signInStaff(shop, 'owner')
		for (const other of [colleague, owner]) {
			const refused = await other.delete(`/admin/orders/${id}/notes/${body.id}`)
			assert.deepEqual([refused.status, refused.body.code], [403, 'note_of_another'])
		}
		assert.equal((await notesOn(id)).length, 1)
		assert.equal((await operator.delete(`/admin/orders/${id}/notes/${body.id}`)).status, 204)
		assert.deepEqual(await notesOn(id), [])
		const again = await operator.delete(`/admin/orders/${id}/notes/${body.id}`)
		assert.deepEqual([again.status, again.body.code], [404, 'note_not_found'])
	})

	test('is not found under another order', async () => {
		const { body } = await note(await placed(), 'заметка')
		const refused = await operator.delete(`/admin/orders/${await placed()}/notes/${body.id}`)
		assert.deepEqual([refused.status, refused.body.code], [404, 'note_not_found'])
	})

	test('leaves lines of who wrote and deleted it, without what it said', async () => {
		const id = await placed()
		const { body } = await note(id, 'Каренина просит тишины')
		await operator.delete(`/admin/orders/${id.toUpperCase()}/notes/${body.id}`)
		await colleague.delete(`/admin/orders/${id}/notes/${body.id}`)
		assert.deepEqual(
			[...(await auditOf(id))],
			['order_note_added', 'order_note_deleted'].map((action) => ({
				staff_id: operator.id,
				action,
				details: { note_id: body.id },
			})),
		)
	})

	test('of somebody who is no longer there stays, without a name', async () => {
		const id = await placed()
		const gone = await signInStaff(shop, 'operator')
		await note(id, 'заметка', gone)
		await shop.sql`delete from staff where id = ${gone.id}`
		assert.deepEqual((await notesOn(id))[0].author, { id: gone.id, name: null })
	})

	test('is told live to the staff, and so is that it is gone', async () => {
		const id = await placed()
		const watcher = watch(`${shop.url}/v1/admin/events`, { token: viewer.token })
		await watcher.waitOpen()
		const toldOf = () => watcher.told.filter(({ name, data }) => name === 'order_notes_changed' && data.order_id === id).length
		const { body } = await note(id, 'заметка')
		await eventually(async () => assert.equal(toldOf(), 1))
		await operator.delete(`/admin/orders/${id}/notes/${body.id}`)
		await eventually(async () => assert.equal(toldOf(), 2))
		watcher.close()
	})

	test('never reaches the customer, another service, a topic or a report', async () => {
		const secret = `тайна-${randomUUID()}`
		const id = await placed()
		const watcher = watch(`${shop.url}/v1/me/events`, { token: anna.token })
		await watcher.waitOpen()
		await note(id, secret)
		await moveOrder(operator, id, 'ready')
		await watcher.wait(1)
		const robot = await serviceWithKey(shop, 'orders:status', 'reports')
		const asService = await robot.post(`/orders/${id}/status`, { body: { event_id: randomUUID(), status: 'ready' } })
		const { body: report } = await robot.post('/reports')
		const file = await eventually(async () => {
			const answer = await robot.get(`/reports/${report.report_id}/file`)
			assert.equal(answer.status, 200)
			return answer
		})
		const seen = [
			(await anna.get(`/orders/${id}`)).text,
			(await anna.get('/orders')).text,
			JSON.stringify(watcher.told),
			asService.text,
			file.text,
		]
		for (const topic of ['orders', 'notifications', 'users', 'reports'] as const) {
			for (const { value } of await shop.topics.read(topic)) seen.push(JSON.stringify(value))
		}
		for (const text of seen) assert.ok(!text.includes(secret) && !text.includes('"notes"'), text)
		watcher.close()
	})

	test('goes with the erasure of the order’s customer, and no other one’s', async () => {
		const boris = await registerPerson(shop)
		const [own, second, others] = [await placed(boris), await placed(boris), await placed()]
		for (const id of [own, second, others]) await note(id, 'заметка')
		for (const id of [own, second]) await moveOrder(operator, id, 'received')
		const manager = await signInStaff(shop, 'manager')
		const erased = await manager.post(`/admin/users/${boris.id}/erase`, { body: { confirm: boris.phone, reason: 'запрос 1' } })
		assert.equal(erased.status, 204, erased.text)
		assert.deepEqual([await notesOn(own), await notesOn(second), (await notesOn(others)).length], [[], [], 1])
		const late = await note(own, 'звонил Борис')
		assert.deepEqual([late.status, late.body.code], [410, 'user_erased'])
		assert.deepEqual(await notesOn(own), [])
	})
})

suite('The history that staff see', () => {
	test('tells who it was: the customer by name, staff by email, services and the inventory by nothing', async () => {
		const id = await placed()
		await moveOrder(operator, id, 'assembling')
		const robot = await serviceWithKey(shop, 'orders:status')
		await robot.post(`/orders/${id}/status`, { body: { event_id: randomUUID(), status: 'ready' } })
		await shop.topics.publish('orderStatus', { value: { event_id: randomUUID(), order_id: id, status: 'received' } })
		const body = await eventually(async () => {
			const answer = await viewer.get(`/admin/orders/${id}`)
			assert.equal(answer.body.version, 4)
			return answer.body
		})
		assert.deepEqual(
			body.history.map(({ actor }: { actor: { type: string; name: string | null } }) => [actor.type, actor.name]),
			[
				['customer', 'Анна Каренина'],
				['staff', operator.email],
				['service', null],
				['inventory', null],
			],
		)
		assert.equal(body.user_name, 'Анна Каренина')
	})

	test('has no names of who was erased', async () => {
		const boris = await registerPerson(shop)
		const id = await placed(boris)
		await moveOrder(operator, id, 'received')
		const manager = await signInStaff(shop, 'manager')
		await manager.post(`/admin/users/${boris.id}/erase`, { body: { confirm: boris.phone, reason: 'запрос 2' } })
		const { body } = await viewer.get(`/admin/orders/${id}`)
		assert.deepEqual([body.user_name, body.history[0].actor], ['', { type: 'customer', id: boris.id, name: null }])
	})

	test('has no emails of staff who are no longer there', async () => {
		const id = await placed()
		const gone = await signInStaff(shop, 'operator')
		await moveOrder(gone, id, 'assembling')
		await shop.sql`delete from staff where id = ${gone.id}`
		assert.deepEqual((await viewer.get(`/admin/orders/${id}`)).body.history[1].actor, { type: 'staff', id: gone.id, name: null })
	})

	test('is no part of what the customer sees', async () => {
		const id = await placed()
		await moveOrder(operator, id, 'assembling')
		const { body, text } = await anna.get(`/orders/${id}`)
		assert.deepEqual(body.history[1].actor, { type: 'staff', id: operator.id })
		assert.ok(!text.includes(operator.email))
	})
})

test('Staff are told of each status whether an order may go there and, where not, why', async () => {
	const id = await placed()
	const codes = async () =>
		(await viewer.get(`/admin/orders/${id}`, { headers: { 'accept-language': 'en' } })).body.can.statuses.map(
			(step: { status: string; allowed: boolean; code: string | null }) => [step.status, step.allowed, step.code],
		)
	assert.deepEqual(await codes(), [
		['paid', false, 'status_current'],
		['assembling', true, null],
		['ready', true, null],
		['received', true, null],
		['cancelled', true, null],
	])
	await moveOrder(operator, id, 'ready')
	assert.deepEqual(await codes(), [
		['paid', false, 'status_passed'],
		['assembling', false, 'status_passed'],
		['ready', false, 'status_current'],
		['received', true, null],
		['cancelled', true, null],
	])
	await moveOrder(operator, id, 'received')
	assert.deepEqual(await codes(), [
		['paid', false, 'status_final'],
		['assembling', false, 'status_final'],
		['ready', false, 'status_final'],
		['received', false, 'status_current'],
		['cancelled', false, 'status_final'],
	])
	const { body } = await viewer.get(`/admin/orders/${id}`)
	assert.deepEqual(
		body.can.statuses.map(({ label }: { label: string }) => label),
		['Оплачен и ждёт сборки', 'В сборке', 'Доставляется', 'Получен', 'Отменён'],
	)
})
