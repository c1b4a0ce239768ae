import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { COURIER, PICKUP, type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

const STATUSES = ['paid', 'assembling', 'ready', 'received', 'cancelled']
const ORDERS = 15
/** An order that there is not. */
const NOBODYS = '00000000-0000-7000-8000-000000000000'

/** An order of the list; `name` is its customer's. */
type Listed = {
	readonly id: string
	readonly number: number
	readonly status: string
	readonly total: number
	readonly phone: string
	readonly user_id: number
	readonly created_at: string
	readonly delivery: { readonly method: string }
	readonly name: string
}

let shop: TestShop
let viewer: StaffMember
/** All there are, oldest first. */
let orders: Listed[]
before(async () => {
	shop = await startTestShop()
	viewer = await signInStaff(shop, 'viewer')
	const operator = await signInStaff(shop, 'operator')
	await putProducts(shop, { id: 1, cost: 100 })
	const people: Person[] = []
	for (const name of ['Анна Каренина', 'Аннабель', 'Борис']) people.push(await registerPerson(shop, { name }))
	orders = []
	for (let index = 0; index < ORDERS; index++) {
		const person = people[index % people.length] ?? assert.fail()
		// Few totals, so that many orders share one.
		const placed = await placeOrder(person, { 1: (index % 4) + 1 }, index % 2 ? COURIER : PICKUP)
		const status = STATUSES[index % STATUSES.length]
		if (status !== 'paid') {
			const change = { headers: { 'if-match': '"1"' }, body: { status } }
			assert.equal((await operator.patch(`/admin/orders/${placed.id}/status`, change)).status, 200)
		}
		orders.push({ ...placed, status, name: person.name })
	}
})

const list = async (query: string) => {
	const { status, body } = await viewer.get(`/admin/orders?${query}`)
	assert.equal(status, 200, JSON.stringify(body))
	return body
}

/** The ids on all pages of so many entries at the most. */
async function idsOf(query: string, limit: number): Promise<string[]> {
	const ids: string[] = []
	let cursor: string | null = null
	do {
		const page: { data: Listed[]; next_cursor: string | null } = await list(
			`limit=${limit}&${query}${cursor === null ? '' : `&cursor=${cursor}`}`,
		)
		assert.ok(page.data.length <= limit)
		// A next page that is announced has something on it.
		assert.ok(page.data.length > 0 || cursor === null)
		ids.push(...page.data.map(({ id }) => id))
		assert.ok(ids.length <= orders.length, 'some order comes twice')
		cursor = page.next_cursor
	} while (cursor !== null)
	return ids
}

const SORTS: Readonly<Record<string, (one: Listed, two: Listed) => number>> = {
	newest: (one, two) => two.number - one.number,
	oldest: (one, two) => one.number - two.number,
	total: (one, two) => one.total - two.total || one.number - two.number,
	'-total': (one, two) => two.total - one.total || two.number - one.number,
}

suite('The staff’s list of orders', () => {
	test('shows an order as its customer’s list does, with whose it is and what the staff may do', async () => {
		const person = await registerPerson(shop, { name: 'Зоя' })
		const order = await placeOrder(person, { 1: 7 })
		const { can: _can, ...shown } = (await person.get('/orders')).body.data[0]
		const expected = { ...shown, user_name: 'Зоя', next_statuses: ['assembling', 'ready', 'received', 'cancelled'] }
		assert.deepEqual(await list(`number=${order.number}`), { data: [expected], next_cursor: null, name_too_common: false })
		orders.push({ ...order, name: person.name })
	})

	for (const [sort, compare] of Object.entries(SORTS)) {
		test(`sorted by ${sort} is complete and has no order twice, however long the pages are`, async () => {
			const expected = orders.toSorted(compare).map(({ id }) => id)
			for (const limit of [1, 4, ORDERS, 100]) assert.deepEqual(await idsOf(`sort=${sort}`, limit), expected)
		})
	}

	test('is sorted by newest when nothing is said', async () => {
		assert.deepEqual((await list('')).data[0].id, orders.at(-1)?.id)
	})
})

suite('The staff’s list of orders has only those', () => {
	const cases: [what: string, query: () => string, fits: (order: Listed) => boolean][] = [
		...STATUSES.map((status): (typeof cases)[number] => [
			`that are ${status}`,
			() => `status=${status}`,
			(order) => order.status === status,
		]),
		[
			'that have one of several statuses',
			() => 'status=paid,ready,cancelled',
			({ status }) => ['paid', 'ready', 'cancelled'].includes(status),
		],
		['by courier', () => 'method=courier', ({ delivery }) => delivery.method === 'courier'],
		['for pickup', () => 'method=pickup', ({ delivery }) => delivery.method === 'pickup'],
		['with a number', () => `number=${orders[4]?.number}`, ({ number }) => number === orders[4]?.number],
		['with a phone', () => `phone=${encodeURIComponent(orders[0]?.phone ?? '')}`, ({ phone }) => phone === orders[0]?.phone],
		[
			'with a phone as people write it',
			() => `phone=${encodeURIComponent(`8 (${orders[1]?.phone.slice(2, 5)}) ${orders[1]?.phone.slice(5)}`)}`,
			({ phone }) => phone === orders[1]?.phone,
		],
		[
			'of customers with a part of a name',
			() => `name=${encodeURIComponent('анна')}`,
			({ name }) => name.toLowerCase().includes('анна'),
		],
		['of customers with a name', () => `name=${encodeURIComponent('Каренина')}`, ({ name }) => name === 'Анна Каренина'],
		['of a customer', () => `user_id=${orders[2]?.user_id}`, ({ user_id }) => user_id === orders[2]?.user_id],
		[
			'of a customer whose name fits',
			() => `user_id=${orders[0]?.user_id}&name=${encodeURIComponent('карен')}`,
			({ user_id }) => user_id === orders[0]?.user_id,
		],
		[
			'that are named',
			() => `ids=${orders[3]?.id},${orders[9]?.id},${NOBODYS}`,
			({ id }) => [orders[3]?.id, orders[9]?.id].includes(id),
		],
		[
			'that are named and fit the rest',
			() => `ids=${orders.map(({ id }) => id).join()}&method=courier&name=${encodeURIComponent('анна')}`,
			({ delivery, name }) => delivery.method === 'courier' && name.toLowerCase().includes('анна'),
		],
		[
			'placed at a time or later',
			() => `from=${orders[6]?.created_at}`,
			({ created_at }) => created_at >= (orders[6]?.created_at ?? ''),
		],
		['placed before a time', () => `to=${orders[6]?.created_at}`, ({ created_at }) => created_at < (orders[6]?.created_at ?? '')],
		['of a total or more', () => 'total_min=300', ({ total }) => total >= 300],
		['of a total or less', () => 'total_max=200', ({ total }) => total <= 200],
		['between two totals', () => 'total_min=200&total_max=300', ({ total }) => total >= 200 && total <= 300],
		[
			'that all filters fit at once',
			() => `status=paid,assembling&method=pickup&total_min=200&from=${orders[0]?.created_at}&to=${orders[14]?.created_at}`,
			(order) =>
				['paid', 'assembling'].includes(order.status) &&
				order.delivery.method === 'pickup' &&
				order.total >= 200 &&
				order.created_at < (orders[14]?.created_at ?? ''),
		],
	]
	for (const [what, query, fits] of cases) {
		test(`${what}, in each sort and on each page`, async () => {
			const expected = orders.filter(fits)
			assert.ok(expected.length > 0 && expected.length < orders.length, `${expected.length} fit`)
			for (const [sort, compare] of Object.entries(SORTS)) {
				const ids = expected.toSorted(compare).map(({ id }) => id)
				for (const limit of [2, 100]) assert.deepEqual(await idsOf(`sort=${sort}&${query()}`, limit), ids, sort)
			}
		})
	}

	test('and none of a customer whose name is another', async () => {
		const { data } = await list(`user_id=${orders[0]?.user_id}&name=${encodeURIComponent('борис')}`)
		assert.deepEqual(data, [])
	})

	for (const query of [
		'number=1',
		'user_id=999999',
		`ids=${NOBODYS}`,
		'phone=%2B79990000000',
		'phone=12',
		'name=Ктото',
		'total_min=100000',
		'to=2020-01-01T00:00:00Z',
	]) {
		test(`and none where none fits: ${query}`, async () => {
			assert.deepEqual(await list(query), { data: [], next_cursor: null, name_too_common: false })
		})
	}
})

suite('The staff’s list of orders is refused', () => {
	for (const [what, query, pointer] of [
		['with an unknown status', 'status=lost', '/status'],
		['with an unknown status among others', 'status=paid,lost', '/status'],
		['with an unknown method', 'method=drone', '/method'],
		['with a number that is none', 'number=abc', '/number'],
		['with a customer’s id that is none', 'user_id=0', '/user_id'],
		['with an order’s id that is none', 'ids=7', '/ids'],
		['with more than 100 ids', `ids=${Array.from({ length: 101 }, () => NOBODYS).join()}`, '/ids'],
		['with a time that is none', 'from=yesterday', '/from'],
		['with a total below nothing', 'total_min=-1', '/total_min'],
		['with a name of one letter', 'name=x', '/name'],
		['with a name of nothing', 'name=%20%20', '/name'],
		['with an unknown sort', 'sort=price', '/sort'],
		['with an unknown filter', 'city=Moscow', '/city'],
		['of no entries', 'limit=0', '/limit'],
		['of more than 100', 'limit=101', '/limit'],
		['with a cursor that is not ours', 'cursor=abc', '/cursor'],
	]) {
		test(what ?? '', async () => {
			const { status, body } = await viewer.get(`/admin/orders?${query}`)
			assert.deepEqual([status, body.code, body.errors[0].pointer], [400, 'validation_failed', pointer])
		})
	}

	test('with the cursor of another sort', async () => {
		const { next_cursor } = await list('limit=1&sort=total')
		for (const sort of ['-total', 'newest', 'oldest']) {
			const { status, body } = await viewer.get(`/admin/orders?sort=${sort}&cursor=${next_cursor}`)
			assert.deepEqual([status, body.errors[0].pointer], [400, '/cursor'])
		}
	})
})

suite('An order that the staff look at', () => {
	test('is whole, with its version, what may come next and what was refused', async () => {
		const person = await registerPerson(shop)
		const order = await placeOrder(person, { 1: 2 }, COURIER)
		const { status, body, headers } = await viewer.get(`/admin/orders/${order.id}`)
		const name = person.name
		const steps = ['assembling', 'ready', 'received', 'cancelled']
		const labels = ['В сборке', 'Доставляется', 'Получен', 'Отменён']
		assert.equal(status, 200)
		assert.equal(headers.get('etag'), '"1"')
		assert.deepEqual(body, {
			...order,
			user_name: name,
			history: [{ ...order.history[0], actor: { type: 'customer', id: person.id, name } }],
			refusals: [],
			notes: [],
			next_statuses: steps,
			can: {
				statuses: [
					{ status: 'paid', label: order.status_label, allowed: false, code: 'status_current' },
					...steps.map((step, index) => ({ status: step, label: labels[index], allowed: true, code: null })),
				],
			},
		})
		const english = await viewer.get(`/admin/orders/${order.id}`, { headers: { 'accept-language': 'en' } })
		assert.equal(english.body.status_label, 'Paid, waiting to be assembled')
	})

	test('must be one by its id', async () => {
		const { status, body } = await viewer.get('/admin/orders/7')
		assert.deepEqual([status, body.errors[0].in, body.errors[0].pointer], [400, 'path', '/id'])
	})
})
