import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { type Answer, type Client, codeOf, createClient } from '../support/client.ts'
import { actionsOf, auditOf, joinersOf, newEmail, nextTotp, statusesOf, tokenOf } from '../support/joined.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { acceptInvitation, signInStaff, type StaffMember } from '../support/staff.ts'

let shop: TestShop
let other: TestShop
let owner: StaffMember
before(async () => {
	shop = await startTestShop()
	other = await startTestShop(shop.settings)
	owner = await signInStaff(shop, 'owner')
})

const { invite, accept, join, signIn } = joinersOf(
	() => shop,
	() => owner,
)

const change = (id: number, body: object, by: Client = owner) => by.patch(`/admin/staff/${id}`, { body })

async function recordOf(email: string) {
	const { body } = await owner.get('/admin/staff?limit=100')
	return body.data.find((record: { email: string }) => record.email === email)
}

suite('An owner', () => {
	test('sees the staff by email, page by page, with role, second factor and last sign-in', async () => {
		const anna = await join('operator')
		const record = await recordOf(anna.email)
		assert.deepEqual(record, {
			id: anna.id,
			email: anna.email,
			role: 'operator',
			active: true,
			deactivated_at: null,
			second_factor: { type: 'totp', recovery_codes_left: 10 },
			sessions: 1,
			last_signed_in_at: record.last_signed_in_at,
			reset_expires_at: null,
			created_at: record.created_at,
		})
		assert.ok(Math.abs(Date.now() - Date.parse(record.last_signed_in_at)) < 60_000)
		assert.equal((await signIn(anna.email, anna.codes[0] ?? '')).status, 201)
		assert.equal((await recordOf(anna.email)).second_factor.recovery_codes_left, 9)

		const all = (await owner.get('/admin/staff?limit=100')).body.data.map(({ email }: { email: string }) => email)
		const paged: string[] = []
		for (let cursor: string | null = ''; cursor !== null; ) {
			const { body } = await owner.get(`/admin/staff?limit=1${cursor && `&cursor=${cursor}`}`)
			paged.push(...body.data.map(({ email }: { email: string }) => email))
			cursor = body.next_cursor
		}
		assert.deepEqual(paged, all)
		assert.deepEqual(
			all,
			all.toSorted((one: string, two: string) => (one < two ? -1 : 1)),
			'by email',
		)
	})

	test('invites somebody by a link that is shown once, and sees the invitation until it is accepted', async () => {
		const email = newEmail()
		const { status, body, headers } = await invite(email.toUpperCase(), 'manager')
		assert.equal(status, 201)
		assert.equal(headers.get('cache-control'), 'no-store')
		assert.match(body.link, /^http:\/\/localhost:\d+\/admin\/invitation#token=[A-Za-z0-9_-]{43}$/)
		assert.deepEqual([body.email, body.role, body.invited_by], [email, 'manager', owner.email])
		assert.equal((Date.parse(body.expires_at) - Date.parse(body.created_at)) / 3_600_000, 72)
		const { link, ...shown } = body
		const open = await owner.get('/admin/staff/invitations')
		assert.deepEqual(
			open.body.data.find(({ id }: { id: number }) => id === shown.id),
			shown,
		)
		assert.ok(!open.text.includes(tokenOf(link)))
		await acceptInvitation(shop.guest, tokenOf(link))
		const left = (await owner.get('/admin/staff/invitations')).body.data
		assert.equal(
			left.some(({ id }: { id: number }) => id === shown.id),
			false,
		)
		assert.deepEqual(codeOf(await invite(email)), [409, 'staff_exists'])
		assert.deepEqual(await auditOf(shop, 'invitation', email), [
			{ action: 'staff_invited', staff_id: owner.id, details: { role: 'manager' } },
		])
	})

	test('withdraws an invitation: its link is no longer good', async () => {
		const { body } = await invite()
		const path = `/admin/staff/invitations/${body.id}`
		assert.equal((await owner.delete(path)).status, 204)
		const opened = await shop.guest.post('/admin/invitations/open', { body: { token: tokenOf(body.link) } })
		assert.deepEqual(codeOf(opened), [404, 'invitation_not_found'])
		assert.deepEqual(codeOf(await owner.delete(path)), [404, 'invitation_not_found'])
		assert.deepEqual(await actionsOf(shop, 'invitation', body.email), ['staff_invited', 'staff_invitation_withdrawn'])
	})

	test('changes a role: the sessions are over on each instance at once, and the next one has the new role', async () => {
		const anna = await join('manager')
		assert.deepEqual(await statusesOf(anna.token, [shop, other]), [200, 200])
		const { status, body } = await change(anna.id, { role: 'viewer' })
		assert.deepEqual([status, body.role, body.sessions], [200, 'viewer', 0])
		assert.deepEqual(await statusesOf(anna.token, [shop, other]), [401, 401])
		const again = await signIn(anna.email, nextTotp(anna.uri))
		assert.deepEqual([again.status, again.body.staff.role], [201, 'viewer'])
		// The same again changes nothing, and ends no session.
		assert.equal((await change(anna.id, { role: 'viewer', active: true })).status, 200)
		assert.deepEqual(await statusesOf(again.body.token, [shop, other]), [200, 200])
		const audit = (await auditOf(shop, 'staff', anna.id)).filter(({ action }) => action === 'staff_role_changed')
		assert.deepEqual(audit, [{ action: 'staff_role_changed', staff_id: owner.id, details: { from: 'manager', to: 'viewer' } }])
	})

	test('shuts somebody out and lets them in again', async () => {
		const anna = await join()
		const reset = (await owner.post(`/admin/staff/${anna.id}/reset`)).body
		const { body } = await change(anna.id, { active: false })
		assert.deepEqual([body.active, body.sessions, body.reset_expires_at], [false, 0, null])
		assert.deepEqual(await statusesOf(anna.token, [shop, other]), [401, 401])
		assert.deepEqual(codeOf(await signIn(anna.email, nextTotp(anna.uri))), [401, 'credentials_wrong'])
		assert.deepEqual(codeOf(await signIn(anna.email, anna.codes[0] ?? '')), [401, 'credentials_wrong'])
		const opened = await shop.guest.post('/admin/invitations/open', { body: { token: tokenOf(reset.link) } })
		assert.equal(opened.status, 404)
		assert.deepEqual(codeOf(await owner.post(`/admin/staff/${anna.id}/reset`)), [409, 'staff_deactivated'])
		assert.equal((await change(anna.id, { active: true })).body.active, true)
		assert.deepEqual(await statusesOf(anna.token, [shop, other]), [401, 401])
		assert.equal((await signIn(anna.email, nextTotp(anna.uri))).status, 201)
		assert.deepEqual((await actionsOf(shop, 'staff', anna.id)).slice(1, 4), [
			'staff_reset',
			'staff_deactivated',
			'staff_reactivated',
		])
	})

	test('gives somebody a link for new credentials: the old ones and the old recovery codes are no longer good', async () => {
		const anna = await join('manager')
		const { status, body, headers } = await owner.post(`/admin/staff/${anna.id}/reset`)
		assert.equal(status, 201)
		assert.equal(headers.get('cache-control'), 'no-store')
		assert.deepEqual(await statusesOf(anna.token, [shop, other]), [401, 401])
		assert.equal((await recordOf(anna.email)).reset_expires_at, body.expires_at)
		assert.ok(!(await owner.get('/admin/staff/invitations')).text.includes(anna.email))
		const token = tokenOf(body.link)
		const opened = await shop.guest.post('/admin/invitations/open', { body: { token } })
		assert.deepEqual([opened.body.email, opened.body.role, opened.body.purpose], [anna.email, 'manager', 'renew'])
		assert.notEqual(opened.body.totp_uri, anna.uri)
		// Until the link is used, somebody who has found it changes nothing for who knows the old ones.
		const before = await signIn(anna.email, anna.codes[0] ?? '')
		assert.equal(before.status, 201)

		const renewed = await accept(token, 'a new horse battery staple')
		assert.deepEqual([renewed.id, renewed.codes.length], [anna.id, 10])
		assert.deepEqual(await statusesOf(before.body.token, [shop, other]), [401, 401])
		assert.equal((await renewed.client.get('/admin/me')).body.role, 'manager')
		assert.deepEqual(codeOf(await signIn(anna.email, nextTotp(anna.uri))), [401, 'credentials_wrong'])
		assert.deepEqual(codeOf(await signIn(anna.email, anna.codes[1] ?? '')), [401, 'credentials_wrong'])
		assert.equal((await signIn(anna.email, nextTotp(renewed.uri), 'a new horse battery staple')).status, 201)
		assert.equal((await shop.guest.post('/admin/invitations/open', { body: { token } })).status, 404)
		const actions = await actionsOf(shop, 'staff', anna.id)
		assert.deepEqual(actions.slice(0, 4), ['staff_joined', 'staff_reset', 'staff_signed_in', 'staff_credentials_renewed'])
	})

	for (const [what, body] of [
		['demoted', { role: 'manager' }],
		['shut out', { active: false }],
	] as const) {
		test(`who is ${what} does not come back by a link they have made`, async () => {
			const [one, anna] = [await join('owner'), await join('manager')]
			const invited = await one.client.post('/admin/staff/invitations', { body: { email: newEmail(), role: 'owner' } })
			const reset = await one.client.post(`/admin/staff/${anna.id}/reset`)
			const others = await invite(newEmail(), 'owner')
			assert.equal((await change(one.id, body)).status, 200)
			const open = async (link: string) =>
				(await shop.guest.post('/admin/invitations/open', { body: { token: tokenOf(link) } })).status
			assert.deepEqual(
				[await open(invited.body.link), await open(reset.body.link), await open(others.body.link)],
				[404, 404, 200],
			)
		})
	}

	test('changes nobody who is not there', async () => {
		assert.deepEqual(codeOf(await change(999_999, { role: 'viewer' })), [404, 'staff_not_found'])
		assert.deepEqual(codeOf(await owner.post('/admin/staff/999999/reset')), [404, 'staff_not_found'])
		assert.equal((await change(owner.id, {})).status, 400)
		assert.equal((await change(owner.id, { role: 'emperor' })).status, 400)
	})
})

suite('The last owner', () => {
	const owners = () => shop.sql<{ id: number }[]>`select id from staff where role = 'owner' and deactivated_at is null`

	test('can’t be demoted or shut out, by themselves neither', async () => {
		for (const body of [{ role: 'manager' }, { active: false }, { role: 'viewer', active: false }]) {
			assert.deepEqual(codeOf(await change(owner.id, body)), [409, 'last_owner'])
		}
		assert.deepEqual(await statusesOf(owner.token, [shop, other]), [200, 200])
		assert.deepEqual(
			(await owners()).map(({ id }) => id),
			[owner.id],
		)
		// Somebody who is only invited, or shut out, is nobody who could manage the staff.
		await invite(newEmail(), 'owner')
		const second = await join('owner')
		await change(second.id, { active: false })
		assert.deepEqual(codeOf(await change(owner.id, { role: 'manager' })), [409, 'last_owner'])
	})

	for (const [what, body] of [
		['demote', { role: 'manager' }],
		['shut out', { active: false }],
	] as const) {
		test(`remains when two owners ${what} each other at the same moment, however often they try`, async () => {
			for (let round = 0; round < 5; round++) {
				const [one, two] = [await join('owner'), await join('owner')]
				// The first owner steps back, so that there are two.
				assert.equal((await change(owner.id, { role: 'manager' }, one.client)).status, 200)
				const onOther = createClient(other.url, two.token)
				const answers = await Promise.all([change(two.id, body, one.client), change(one.id, body, onOther)])
				const statuses = answers.map(({ status }) => status).sort((a, b) => a - b)
				// The one who comes second is the last owner by then, or has lost the session before being let in.
				assert.ok(['200,409', '200,401'].includes(statuses.join()), statuses.join())
				const loser = answers.find(({ status }) => status !== 200)
				assert.ok(['last_owner', 'unauthenticated'].includes(loser?.body.code))
				const left = await owners()
				assert.equal(left.length, 1)
				// Back to where it began.
				const winner = left[0]?.id === one.id ? one : two
				assert.equal((await change(owner.id, { role: 'owner' }, winner.client)).status, 200)
				const back = await signInStaff(shop, 'owner')
				assert.equal((await change(winner.id, { active: false }, back)).status, 200)
				await shop.sql`update staff set deactivated_at = now() where id = ${owner.id}`
				owner = back
			}
		})
	}

	test('invites nobody when they were demoted while asking', async () => {
		const [one, email] = [await join('owner'), newEmail()]
		let answer: Promise<Answer> | undefined
		await shop.sql.begin(async (tx) => {
			await tx`update staff set role = 'viewer' where id = ${one.id}`
			answer = one.client.post('/admin/staff/invitations', { body: { email, role: 'owner' } })
			// It is past the guard and waits for the row.
			for (let waiting = 0; waiting === 0; ) {
				const [row] = await shop.sql<[{ count: number }]>`
					select count(*)::int as count from pg_locks where locktype = 'transactionid' and not granted`
				waiting = row.count
			}
		})
		assert.deepEqual(codeOf((await answer) ?? assert.fail()), [401, 'unauthenticated'])
		assert.ok(!(await owner.get('/admin/staff/invitations')).text.includes(email))
	})

	test('stays one when an owner was demoted while asking: the answer is 401, and nothing is changed', async () => {
		const [one, anna] = [await join('owner'), await join('viewer')]
		let answer: Promise<Answer> | undefined
		await shop.sql.begin(async (tx) => {
			await tx`select pg_advisory_xact_lock(hashtextextended('prilavok staff roles', 0))`
			answer = change(anna.id, { role: 'owner' }, one.client)
			// It is past the guard and waits for the lock.
			for (let waiting = 0; waiting === 0; ) {
				const [row] = await shop.sql<[{ count: number }]>`
					select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted`
				waiting = row.count
			}
			await tx`update staff set role = 'viewer' where id = ${one.id}`
		})
		assert.deepEqual(codeOf((await answer) ?? assert.fail()), [401, 'unauthenticated'])
		assert.equal((await recordOf(anna.email)).role, 'viewer')
	})
})
