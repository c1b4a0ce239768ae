import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { deleteExpiredStaff, listKeys, revokeKey } from '../../src/modules/staff/index.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { inviteByCommand, makeKeyByCommand, moveOrder, signInStaff, type StaffMember, totpOf } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

let shop: TestShop
let manager: StaffMember
let operator: StaffMember
let anna: Person
before(async () => {
	shop = await startTestShop()
	manager = await signInStaff(shop, 'manager')
	operator = await signInStaff(shop, 'operator')
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
})

type Line = {
	id: number
	at: string
	staff: { id: number; email: string | null } | null
	action: string
	subject: object
	details: object
}

async function linesOf(query: string): Promise<Line[]> {
	const { status, body } = await manager.get(`/admin/audit?limit=100&${query}`)
	assert.equal(status, 200, JSON.stringify(body))
	return body.data
}

const about = (type: string, id: string | number): Promise<Line[]> =>
	linesOf(`subject_type=${type}&subject_id=${encodeURIComponent(id)}`)

const told = ({ staff, action, details }: Line) => [staff?.id ?? null, action, details]

suite('What the staff do leaves a line in the audit log:', () => {
	test('a change of an order’s status, with the steps and the reason; what changes nothing is no change', async () => {
		const { id, number } = await placeOrder(anna, { 1: 1 })
		await moveOrder(operator, id, 'assembling')
		await moveOrder(operator, id, 'assembling')
		const headers = { 'if-match': '"2"' }
		await operator.patch(`/admin/orders/${id}/status`, { body: { status: 'cancelled', reason: 'нет на складе' }, headers })
		assert.equal((await operator.patch(`/admin/orders/${id}/status`, { body: { status: 'ready' }, headers })).status, 412)
		const lines = (await about('order', id)).filter(({ action }) => action !== 'order_viewed')
		assert.deepEqual(lines.map(told), [
			[
				operator.id,
				'order_status_changed',
				{ number, from: 'assembling', status: 'cancelled', version: 3, reason: 'нет на складе' },
			],
			[operator.id, 'order_status_changed', { number, from: 'paid', status: 'assembling', version: 2 }],
		])
		assert.deepEqual(lines[0]?.staff, { id: operator.id, email: operator.email })
		assert.ok(Math.abs(Date.parse(lines[0]?.at ?? '') - Date.now()) < 60_000)
	})

	test('a look at an order, and at a page of the list, with what was asked for but nobody’s phone and name', async () => {
		const { id, number } = await placeOrder(anna, { 1: 1 })
		assert.equal((await operator.get(`/admin/orders/${id}`)).status, 200)
		assert.deepEqual((await about('order', id)).map(told), [[operator.id, 'order_viewed', { number }]])
		const phone = encodeURIComponent(anna.phone)
		assert.equal(
			(await operator.get(`/admin/orders?phone=${phone}&name=${encodeURIComponent('анна')}&status=paid&limit=1`)).body.data
				.length,
			1,
		)
		assert.equal((await operator.get('/admin/orders?number=999999')).body.data.length, 0)
		assert.equal((await operator.get(`/admin/orders?ids=${id}`)).body.data.length, 1)
		const lists = await linesOf(`action=orders_listed&staff_id=${operator.id}`)
		const filter = { phone: true, name: true, status: 'paid' }
		assert.deepEqual(lists.map(told), [[operator.id, 'orders_listed', { filter, sort: 'newest', shown: 1 }]])
	})

	test('a look at orders by their ids, unless it was a page of the list that the member looked at just now', async () => {
		const { id } = await placeOrder(anna, { 1: 1 })
		const viewer = await signInStaff(shop, 'viewer')
		const lists = async () => (await linesOf(`action=orders_listed&staff_id=${viewer.id}`)).map(told)
		const line = [viewer.id, 'orders_listed', { filter: { ids: true }, sort: 'newest', shown: 1 }]
		for (let look = 0; look < 3; look++) assert.equal((await viewer.get(`/admin/orders?ids=${id}`)).body.data.length, 1)
		assert.deepEqual(await lists(), [line])
		await shop.sql`update audit_log set at = at - interval '6 minutes' where staff_id = ${viewer.id}`
		await viewer.get(`/admin/orders?ids=${id}`)
		assert.deepEqual(await lists(), [line, line])
	})

	test('what customers and the inventory do to orders is not the staff’s: it leaves none', async () => {
		const { id } = await placeOrder(anna, { 1: 1 })
		assert.equal((await anna.post(`/orders/${id}/cancel`)).status, 200)
		assert.deepEqual(await about('order', id), [])
	})

	test('blocking a user, with the reason, unblocking and signing out; blocking who is blocked is a look at them', async () => {
		const boris = await registerPerson(shop)
		const post = (action: string, body?: object) =>
			manager.post(`/admin/users/${boris.id}/${action}`, body === undefined ? {} : { body })
		await post('sign-out')
		await post('block', { reason: 'мошенник' })
		await post('block', { reason: 'ещё раз' })
		await post('unblock')
		assert.equal((await manager.post('/admin/users/999999999/sign-out')).status, 404)
		assert.deepEqual((await about('user', boris.id)).map(told), [
			[manager.id, 'user_unblocked', {}],
			[manager.id, 'user_viewed', { part: 'profile' }],
			[manager.id, 'user_blocked', { reason: 'мошенник' }],
			[manager.id, 'user_signed_out', { sessions: 1 }],
		])
		assert.deepEqual(await about('user', 999_999_999), [])
	})

	test('an invitation, its acceptance, sign-in, with what kind of code, and sign-out, once', async () => {
		const email = `${randomUUID()}@example.com`
		const token = await inviteByCommand(shop.sql, { email, role: 'viewer' })
		assert.deepEqual((await about('invitation', email)).map(told), [[null, 'staff_invited', { role: 'viewer' }]])
		const opened = await shop.guest.post('/admin/invitations/open', { body: { token } })
		const password = 'correct horse battery staple'
		const accepted = await shop.guest.post('/admin/invitations/accept', {
			body: { token, password, totp: totpOf(opened.body.totp_uri) },
		})
		const { staff, recovery_codes: codes } = accepted.body
		assert.equal((await shop.guest.post('/admin/sessions', { body: { email, password, totp: 'wrong' } })).status, 401)
		const signedIn = await shop.guest.post('/admin/sessions', { body: { email, password, totp: codes[0] } })
		const viewer = shop.guest.as(signedIn.body.token)
		await Promise.all([viewer.delete('/admin/sessions/current'), viewer.delete('/admin/sessions/current')])
		assert.deepEqual((await about('staff', staff.id)).map(told), [
			[staff.id, 'staff_signed_out', {}],
			[staff.id, 'staff_signed_in', { code: 'recovery_code' }],
			[staff.id, 'staff_joined', { role: 'viewer' }],
		])
	})

	test('keys that are made and revoked by the command line, which is nobody of the staff', async () => {
		const name = `service-${randomUUID()}`
		await makeKeyByCommand(shop.sql, { name, scopes: ['reports'] })
		const { id } = (await listKeys(shop.sql)).find((key) => key.name === name) ?? assert.fail('no such key')
		assert.equal(await revokeKey(shop.sql, id), true)
		assert.equal(await revokeKey(shop.sql, id), true)
		const lines = await about('key', id)
		assert.deepEqual(lines.map(told), [
			[null, 'key_revoked', { name }],
			[null, 'key_created', { name, scopes: ['reports'], days: 365 }],
		])
		assert.deepEqual(
			lines.map(({ staff }) => staff),
			[null, null],
		)
		assert.ok((await linesOf('staff_id=0&action=key_revoked')).some((line) => line.id === lines[0]?.id))
	})
})

test('There is no change without its line: when that can’t be written, nothing is done', async () => {
	const { id } = await placeOrder(anna, { 1: 1 })
	const boris = await registerPerson(shop)
	await shop.sql`alter table audit_log rename to audit_log_away`
	const headers = { 'if-match': '"1"' }
	const moved = await operator.patch(`/admin/orders/${id}/status`, { body: { status: 'assembling' }, headers })
	const blocked = await manager.post(`/admin/users/${boris.id}/block`, { body: { reason: 'x' } })
	const signedOut = await manager.post(`/admin/users/${boris.id}/sign-out`)
	await assert.rejects(makeKeyByCommand(shop.sql, { name: 'unseen', scopes: ['reports'] }))
	await shop.sql`alter table audit_log_away rename to audit_log`
	assert.deepEqual([moved.status, blocked.status, signedOut.status], [500, 500, 500])
	assert.equal((await anna.get(`/orders/${id}`)).body.status, 'paid')
	assert.equal((await boris.get('/me')).status, 200)
	assert.ok((await listKeys(shop.sql)).every(({ name }) => name !== 'unseen'))
})

suite('The audit log', () => {
	test('is for managers', async () => {
		assert.equal((await operator.get('/admin/audit')).status, 403)
		assert.equal((await manager.get('/admin/audit')).status, 200)
	})

	test('comes in pages, newest first, each line once, also where many are of one moment', async () => {
		const subject = randomUUID()
		await shop.sql`
			insert into audit_log (at, staff_id, action, subject_type, subject_id, details)
			select timestamptz '2026-01-01' + make_interval(secs => n / 3), ${manager.id}, 'user_blocked', 'user', ${subject}, '{}'
			from generate_series(1, 25) as n`
		const seen: Line[] = []
		let cursor: string | null = null
		do {
			const after = cursor === null ? '' : `&cursor=${cursor}`
			const { body } = await manager.get(`/admin/audit?limit=4&subject_type=user&subject_id=${subject}${after}`)
			seen.push(...body.data)
			cursor = body.next_cursor
		} while (cursor !== null)
		assert.equal(new Set(seen.map(({ id }) => id)).size, 25)
		const moments = seen.map(({ at, id }) => [Date.parse(at), id] as const)
		assert.deepEqual(
			moments,
			moments.toSorted(([at, id], [otherAt, otherId]) => otherAt - at || otherId - id),
		)
	})

	test('is filtered by who, what, to what and when, all at once', async () => {
		const subject = randomUUID()
		const [mine, theirs] = [manager.id, operator.id]
		await shop.sql`
			insert into audit_log (at, staff_id, action, subject_type, subject_id, details) values
			('2026-02-01T00:00:00Z', ${mine}, 'user_blocked', 'user', ${subject}, '{"n": 1}'),
			('2026-02-02T00:00:00Z', ${theirs}, 'user_blocked', 'user', ${subject}, '{"n": 2}'),
			('2026-02-03T00:00:00Z', ${mine}, 'user_unblocked', 'user', ${subject}, '{"n": 3}'),
			('2026-02-04T00:00:00Z', ${mine}, 'user_blocked', 'order', ${subject}, '{"n": 4}')`
		const february = 'from=2026-02-01T00:00:00Z&to=2026-02-05T00:00:00Z'
		for (const [query, expected] of [
			[february, [4, 3, 2, 1]],
			['from=2026-02-02T00:00:00Z&to=2026-02-04T00:00:00Z', [3, 2]],
			[`${february}&staff_id=${mine}`, [4, 3, 1]],
			[`${february}&action=user_blocked`, [4, 2, 1]],
			[`${february}&staff_id=${mine}&action=user_blocked`, [4, 1]],
			[`subject_type=user&subject_id=${subject}`, [3, 2, 1]],
			[`subject_type=user&subject_id=${subject}&staff_id=${mine}&action=user_unblocked&${february}`, [3]],
		] as const) {
			const lines = await linesOf(query)
			assert.deepEqual(
				lines.map(({ details }) => details),
				expected.map((n) => ({ n })),
				query,
			)
		}
	})

	test('refuses half of a subject, an action that is none, and a cursor of another list', async () => {
		for (const [query, pointer] of [
			['subject_type=user', '/subject_id'],
			['subject_id=1', '/subject_type'],
			['action=everything', '/action'],
			['cursor=x', '/cursor'],
		]) {
			const { status, body } = await manager.get(`/admin/audit?${query}`)
			assert.deepEqual([status, body.code, body.errors[0].pointer], [400, 'validation_failed', pointer], query)
		}
	})

	test('takes a cursor of any moment, for whoever makes one up', async () => {
		for (const at of [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]) {
			const cursor = Buffer.from(JSON.stringify(['newest', at, 1])).toString('base64url')
			assert.equal((await manager.get(`/admin/audit?cursor=${cursor}`)).status, 200)
		}
	})

	test('keeps what somebody did whose account is gone', async () => {
		const gone = await signInStaff(shop, 'viewer')
		await shop.sql`delete from staff where id = ${gone.id}`
		const [line] = await about('staff', gone.id)
		assert.deepEqual([line?.staff, line?.action], [{ id: gone.id, email: null }, 'staff_joined'])
	})

	test('forgets what is older than AUDIT_KEEP_DAYS, and nothing else', async () => {
		const subject = randomUUID()
		await shop.sql`
			insert into audit_log (at, action, subject_type, subject_id, details)
			select now() - make_interval(days => days), 'user_blocked', 'user', ${subject}, json_build_object('days', days)
			from (values (29), (31), (400)) as line (days)`
		await deleteExpiredStaff(shop.sql, 30)
		assert.deepEqual(
			(await about('user', subject)).map(({ details }) => details),
			[{ days: 29 }],
		)
	})
})
