import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { codeOf } from '../support/client.ts'
import { auditOf } from '../support/joined.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'

let shop: TestShop
let other: TestShop
let owner: StaffMember
before(async () => {
	shop = await startTestShop()
	other = await startTestShop(shop.settings)
	owner = await signInStaff(shop, 'owner')
})

suite('The keys of services', () => {
	const newName = () => `service-${randomUUID().slice(0, 8)}`

	test('are made by an owner, shown once, listed without what they are, and revoked at once', async () => {
		const name = newName()
		const made = await owner.post('/admin/keys', { body: { name, scopes: ['reports'], expires_in_days: 30 } })
		assert.equal(made.status, 201)
		assert.equal(made.headers.get('cache-control'), 'no-store')
		const { key, ...shown } = made.body
		assert.match(key, /^prk_[A-Za-z0-9_-]{43}$/)
		assert.deepEqual([shown.name, shown.scopes, shown.state, shown.revoked_at], [name, ['reports'], 'live', null])
		assert.equal(Math.round((Date.parse(shown.expires_at) - Date.parse(shown.created_at)) / 86_400_000), 30)
		const list = await owner.get('/admin/keys')
		assert.deepEqual(list.body.data[0], shown)
		assert.ok(!list.text.includes(key))
		assert.equal((await shop.guest.as(key).get(`/reports/${randomUUID()}`)).body.code, 'report_not_found')

		const revoked = await owner.delete(`/admin/keys/${shown.id}`)
		assert.deepEqual([revoked.status, revoked.body.state], [200, 'revoked'])
		for (const { guest } of [shop, other]) assert.equal((await guest.as(key).get(`/reports/${randomUUID()}`)).status, 401)
		assert.deepEqual((await owner.delete(`/admin/keys/${shown.id}`)).body, revoked.body)
		assert.deepEqual(await auditOf(shop, 'key', shown.id), [
			{ action: 'key_created', staff_id: owner.id, details: { name, scopes: ['reports'], days: 30 } },
			{ action: 'key_revoked', staff_id: owner.id, details: { name } },
		])
	})

	test('are two of a name at the most that are good, and good for a year unless said otherwise', async () => {
		const body = { name: newName(), scopes: ['reports', 'orders:status'] }
		const first = (await owner.post('/admin/keys', { body })).body
		assert.equal(Math.round((Date.parse(first.expires_at) - Date.parse(first.created_at)) / 86_400_000), 365)
		const { id } = (await owner.post('/admin/keys', { body })).body
		const third = await owner.post('/admin/keys', { body })
		assert.deepEqual([...codeOf(third), third.body.live], [409, 'key_limit', [first.id, id]])
	})

	for (const [what, body, pointer] of [
		['a name with a space', { name: 'a b', scopes: ['reports'] }, '/name'],
		['a scope that there is not', { name: 'a', scopes: ['everything'] }, '/scopes/0'],
		['no scope', { name: 'a', scopes: [] }, '/scopes'],
		['no time at all', { name: 'a', scopes: ['reports'], expires_in_days: 0 }, '/expires_in_days'],
	] as const) {
		test(`are not made with ${what}`, async () => {
			const { status, body: answer } = await owner.post('/admin/keys', { body })
			assert.deepEqual([status, answer.errors[0].pointer], [400, pointer])
		})
	}
})
