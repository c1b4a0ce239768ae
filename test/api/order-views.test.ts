import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'

const QUERY = {
	status: 'paid,ready',
	method: 'courier',
	total_min: 500,
	name: 'Анна',
	from: '2026-11-01T00:00:00Z',
	sort: '-total',
}
const COLUMNS = ['number', 'status', 'total']

let shop: TestShop
before(async () => {
	shop = await startTestShop()
})

const viewOf = (name: string, query: object = QUERY) => ({ name, query, columns: COLUMNS })
const save = async (member: StaffMember, name: string) => {
	const { status, body } = await member.post('/admin/orders/views', { body: viewOf(name) })
	assert.equal(status, 201, JSON.stringify(body))
	return body
}
const namesOf = async (member: StaffMember): Promise<string[]> =>
	(await member.get('/admin/orders/views')).body.data.map(({ name }: { name: string }) => name)

suite('A view of the orders', () => {
	test('is kept as it was made, and its query is taken by the list', async () => {
		const viewer = await signInStaff(shop, 'viewer')
		const view = await save(viewer, 'Дорогие для курьера')
		const { id: _id, created_at, updated_at, ...kept } = view
		assert.deepEqual(kept, viewOf('Дорогие для курьера'))
		assert.equal(created_at, updated_at)
		assert.deepEqual((await viewer.get('/admin/orders/views')).body, { data: [view] })
		const query = new URLSearchParams(view.query)
		assert.equal((await viewer.get(`/admin/orders?${query.toString()}`)).status, 200)
	})

	test('may ask for all orders', async () => {
		const viewer = await signInStaff(shop, 'viewer')
		const { status, body } = await viewer.post('/admin/orders/views', { body: viewOf('Все', {}) })
		assert.deepEqual([status, body.query], [201, {}])
	})

	test('is changed as a whole, its name too, or only its capital letters', async () => {
		const viewer = await signInStaff(shop, 'viewer')
		const { id } = await save(viewer, 'новые')
		for (const body of [viewOf('Новые'), { name: 'К выдаче', query: { status: 'ready' }, columns: ['number'] }]) {
			const changed = await viewer.put(`/admin/orders/views/${id}`, { body })
			const { name, query, columns } = changed.body
			assert.deepEqual([changed.status, { name, query, columns }], [200, body])
		}
		assert.deepEqual(await namesOf(viewer), ['К выдаче'])
	})

	test('is deleted, once', async () => {
		const viewer = await signInStaff(shop, 'viewer')
		const { id } = await save(viewer, 'Новые')
		assert.equal((await viewer.delete(`/admin/orders/views/${id}`)).status, 204)
		assert.equal((await viewer.delete(`/admin/orders/views/${id}`)).body.code, 'view_not_found')
		assert.deepEqual(await namesOf(viewer), [])
	})

	test('is its maker’s alone: nobody else sees, changes or deletes it, and names of others are free', async () => {
		const [one, other] = [await signInStaff(shop, 'viewer'), await signInStaff(shop, 'owner')]
		const view = await save(one, 'Новые')
		assert.deepEqual(await namesOf(other), [])
		for (const answer of [
			await other.put(`/admin/orders/views/${view.id}`, { body: viewOf('Чужие') }),
			await other.delete(`/admin/orders/views/${view.id}`),
		]) {
			assert.deepEqual([answer.status, answer.body.code], [404, 'view_not_found'])
		}
		await save(other, 'Новые')
		assert.deepEqual((await one.get('/admin/orders/views')).body, { data: [view] })
	})

	test('has a name that no other one of its maker has, capital letters or not', async () => {
		const viewer = await signInStaff(shop, 'viewer')
		await save(viewer, 'Новые')
		const { id } = await save(viewer, 'Старые')
		const again = await viewer.post('/admin/orders/views', { body: viewOf('НОВЫЕ') })
		const renamed = await viewer.put(`/admin/orders/views/${id}`, { body: viewOf('новые') })
		for (const { status, body } of [again, renamed]) assert.deepEqual([status, body.code], [409, 'view_name_taken'])
		assert.deepEqual(await namesOf(viewer), ['Новые', 'Старые'])
	})

	test('is gone with its maker', async () => {
		const viewer = await signInStaff(shop, 'viewer')
		await save(viewer, 'Новые')
		await shop.sql`delete from staff where id = ${viewer.id}`
		assert.equal((await shop.sql`select from order_views where staff_id = ${viewer.id}`).length, 0)
	})
})

test('Of views there may be 50, also when many are made at once', async () => {
	const viewer = await signInStaff(shop, 'viewer')
	const made = await Promise.all(
		Array.from({ length: 60 }, (_, index) => viewer.post('/admin/orders/views', { body: viewOf(`Вид ${index}`) })),
	)
	assert.equal(made.filter(({ status }) => status === 201).length, 50)
	const refused = made.filter(({ status }) => status !== 201)
	for (const { status, body } of refused) assert.deepEqual([status, body.code, body.limit], [409, 'too_many_views', 50])
	assert.equal((await namesOf(viewer)).length, 50)
	assert.deepEqual(
		(await Promise.all([1, 2, 3].map(() => viewer.post('/admin/orders/views', { body: viewOf('Вид 7') })))).map(
			({ body }) => body.code,
		),
		['view_name_taken', 'view_name_taken', 'view_name_taken'],
	)
})

suite('A view is refused', () => {
	for (const [what, change, pointer] of [
		['without a name', { name: ' ' }, '/name'],
		['with a name of more than 60 characters', { name: 'ы'.repeat(61) }, '/name'],
		['with a filter that the list does not have', { query: { city: 'Москва' } }, '/query/city'],
		['with a filter that the list would refuse', { query: { status: 'lost' } }, '/query/status'],
		['with a place in the list', { query: { cursor: 'abc' } }, '/query/cursor'],
		['with a sort that there is not', { query: { sort: 'name' } }, '/query/sort'],
		['without columns', { columns: [] }, '/columns'],
		['with a column that there is not', { columns: ['number', 'secret'] }, '/columns/1'],
		['with a column twice', { columns: ['number', 'number'] }, '/columns'],
	] as const) {
		test(what, async () => {
			const viewer = await signInStaff(shop, 'viewer')
			const { status, body } = await viewer.post('/admin/orders/views', { body: { ...viewOf('Вид'), ...change } })
			assert.deepEqual([status, body.code, body.errors[0].pointer], [400, 'validation_failed', pointer])
		})
	}
})
