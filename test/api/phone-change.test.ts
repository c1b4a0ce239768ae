import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { auditLinesOf } from '../support/joined.ts'
import { checkedShop } from '../support/openapi.ts'
import { newPhone, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { askForCode, codesSentTo, signInAgain } from '../support/sign-in.ts'

let shop: TestShop
let other: TestShop
let manager: StaffMember
before(async () => {
	shop = await checkedShop(await startTestShop())
	other = await startTestShop(shop.settings)
	await putProducts(shop, { id: 1 })
	manager = await signInStaff(shop, 'manager')
})

const edit = (person: { id: number }, body: object, ifMatch: string) =>
	manager.patch(`/admin/users/${person.id}`, { body, headers: { 'if-match': ifMatch } })

const smsTo = async (phone: string) =>
	(await shop.topics.read('notifications')).map(({ value }) => value).filter(({ recipient }) => recipient.phone === phone)

suite('A user whose phone the staff change', () => {
	test('is out everywhere at once, both phones are told, and only the new one signs in', async () => {
		const person = await registerPerson(shop)
		await signInAgain(shop, person.phone)
		const order = await placeOrder(person, { 1: 1 })
		const phone = newPhone()
		const written = `8${phone.slice(2)}`
		const { status, body } = await edit(person, { phone: written }, '"1"')
		assert.deepEqual([status, body.phone, body.sessions], [200, phone, 0])
		for (const { url } of [shop, other]) assert.equal((await createClient(url, person.token).get('/me')).status, 401)
		await shop.topics.find('notifications', ({ value }) => value.recipient.phone === phone)
		const [toNew] = await smsTo(phone)
		const toOld = (await smsTo(person.phone)).filter(({ template }) => template === 'phone_changed')
		assert.deepEqual([toNew.template, toNew.data], ['phone_changed', { phone: 'current' }])
		assert.deepEqual(
			toOld.map(({ data }) => data),
			[{ phone: 'former' }],
		)
		assert.ok(!JSON.stringify(toOld).includes(phone.slice(2)), 'the old phone does not learn the new one')
		const code = await askForCode(shop, person.phone)
		const old = await shop.guest.post('/sessions', { body: { phone: person.phone, code } })
		assert.deepEqual([old.status, old.body.code], [409, 'registration_required'])
		const back = shop.guest.as(await signInAgain(shop, phone))
		assert.equal((await back.get('/me')).body.id, person.id)
		assert.equal((await back.get(`/orders/${order.id}`)).body.phone, person.phone)
		assert.deepEqual(await auditLinesOf(shop, 'user', person.id), [[manager.id, 'user_edited', { fields: ['phone'] }]])
	})

	test('is known by the new one also to whoever is about to register with it', async () => {
		const [person, phone] = [await registerPerson(shop), newPhone()]
		const asked = { name: 'Ева', phone, email: 'eva@example.com', consent: true }
		assert.equal((await shop.guest.post('/users', { body: asked })).status, 202)
		const [code] = await codesSentTo(shop, phone)
		// The account is given the phone, and whoever makes another with it waits for whether that holds.
		const { promise: written, resolve: isWritten } = Promise.withResolvers<void>()
		const { promise: waited, resolve: hasWaited } = Promise.withResolvers<void>()
		const given = shop.sql.begin(async (tx) => {
			await tx`update customers set phone = ${phone} where id = ${person.id}`
			isWritten()
			await waited
		})
		await written
		const signedIn = shop.guest.post('/sessions', { body: { phone, code } })
		await eventually(async () => {
			const [{ waiting }] = await shop.sql<[{ waiting: boolean }]>`
				select exists (
					select from pg_stat_activity where datname = current_database() and query like '%insert into customers%' and wait_event_type = 'Lock'
				) as waiting`
			assert.ok(waiting)
		})
		hasWaited()
		await given
		const { status, body } = await signedIn
		assert.deepEqual([status, body.user?.id, body.new_user], [201, person.id, false])
	})

	test('keeps the old one where the new one is somebody else’s', async () => {
		const [person, owner] = [await registerPerson(shop), await registerPerson(shop)]
		const { status, body } = await edit(person, { phone: owner.phone, name: 'Ева' }, '"1"')
		assert.deepEqual([status, body.code], [409, 'phone_taken'])
		assert.deepEqual((await person.get('/me')).body.name, person.name)
		assert.deepEqual(await auditLinesOf(shop, 'user', person.id), [])
	})
})
