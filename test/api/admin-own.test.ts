import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import * as OTPAuth from 'otpauth'
import { sealTotpSecrets } from '../../src/modules/staff/index.ts'
import { codeOf } from '../support/client.ts'
import { actionsOf, joinersOf, nextTotp, statusesOf, tokenOf } from '../support/joined.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff, type StaffMember, totpOf } from '../support/staff.ts'

let shop: TestShop
let other: TestShop
let owner: StaffMember
before(async () => {
	shop = await startTestShop()
	other = await startTestShop(shop.settings)
	owner = await signInStaff(shop, 'owner')
})

const PASSWORD = 'correct horse battery staple'
const { invite, accept, join, signIn } = joinersOf(
	() => shop,
	() => owner,
)

suite('Everybody of the staff', () => {
	test('sees where they are signed in, and ends a session elsewhere, at once on each instance', async () => {
		const anna = await join()
		const { token } = (await signIn(anna.email, nextTotp(anna.uri))).body
		const { body } = await anna.client.get('/admin/sessions')
		assert.deepEqual(
			body.data.map(({ current, user_agent }: { current: boolean; user_agent: string }) => [current, user_agent]),
			[
				[false, 'Desk/1.0'],
				[true, 'node'],
			],
		)
		assert.equal((await anna.client.delete(`/admin/sessions/${body.data[0].id}`)).status, 204)
		assert.deepEqual(await statusesOf(token, [shop, other]), [401, 401])
		assert.deepEqual(await statusesOf(anna.token, [shop, other]), [200, 200])
		assert.deepEqual(codeOf(await anna.client.delete(`/admin/sessions/${body.data[0].id}`)), [404, 'staff_session_not_found'])
		assert.deepEqual((await actionsOf(shop, 'staff', anna.id)).at(-1), 'staff_session_ended')
	})

	test('sees and ends nobody else’s session', async () => {
		const [anna, boris] = [await join(), await join()]
		const [session] = (await anna.client.get('/admin/sessions')).body.data
		assert.deepEqual(codeOf(await boris.client.delete(`/admin/sessions/${session.id}`)), [404, 'staff_session_not_found'])
		assert.ok(!(await boris.client.get('/admin/sessions')).text.includes(session.id))
		assert.deepEqual(await statusesOf(anna.token, [shop, other]), [200, 200])
	})

	test('changes their password with the current one and a code: the other sessions end, this one stays', async () => {
		const anna = await join()
		const elsewhere = (await signIn(anna.email, anna.codes[0] ?? '')).body.token
		const password = 'quite another horse'
		const wish = { current_password: PASSWORD, password, totp: nextTotp(anna.uri) }
		assert.equal((await anna.client.put('/admin/me/password', { body: wish })).status, 204)
		assert.deepEqual(await statusesOf(anna.token, [shop, other]), [200, 200])
		assert.deepEqual(await statusesOf(elsewhere, [shop, other]), [401, 401])
		assert.equal((await signIn(anna.email, anna.codes[1] ?? '')).status, 401)
		assert.equal((await signIn(anna.email, anna.codes[1] ?? '', password)).status, 201)
		assert.ok((await actionsOf(shop, 'staff', anna.id)).includes('staff_password_changed'))
	})

	test('does not without them, and has no more tries than a sign-in', async () => {
		const anna = await join()
		const put = (given: object) =>
			anna.client.put('/admin/me/password', {
				body: { current_password: PASSWORD, password: 'quite another horse', totp: '000000', ...given },
			})
		assert.deepEqual(codeOf(await put({ totp: '000000' })), [401, 'credentials_wrong'])
		assert.deepEqual(codeOf(await put({ current_password: 'wrong', totp: anna.codes[0] })), [401, 'credentials_wrong'])
		const own = await put({ password: `my ${anna.email.split('@')[0]} word` })
		assert.deepEqual([own.status, own.body.errors[0].pointer], [400, '/password'])
		for (let count = 2; count < 10; count++) assert.equal((await put({})).status, 401)
		const refused = await put({ totp: anna.codes[0] })
		assert.deepEqual(codeOf(refused), [429, 'too_many_requests'])
		assert.ok(Number(refused.headers.get('retry-after')) > 14 * 60)
		assert.equal((await signIn(anna.email, anna.codes[0] ?? '')).status, 429)
		assert.deepEqual(await statusesOf(anna.token, [shop, other]), [200, 200])
	})
})

suite('The secret of an authenticator app', () => {
	const storedOf = async ({ id }: { id: number }): Promise<string> => {
		const [row] = await shop.sql<{ totp_secret: string }[]>`select totp_secret from staff where id = ${id}`
		return row?.totp_secret ?? assert.fail()
	}
	const secretOf = (uri: string): string => new URL(uri).searchParams.get('secret') ?? assert.fail()

	test('lies open nowhere in the database, before the account is there neither', async () => {
		const { body } = await invite()
		const token = tokenOf(body.link)
		const { totp_uri: uri } = (await shop.guest.post('/admin/invitations/open', { body: { token } })).body
		const [row] = await shop.sql`select * from staff_invitations where id = ${body.id}`
		assert.equal(row?.['totp_secret'], null)
		const anna = await accept(token)
		assert.match(await storedOf(anna), /^v1\.[A-Za-z0-9_-]+$/)
		assert.ok(!(await storedOf(anna)).includes(secretOf(uri)))
	})

	test('that was kept open is sealed by the start, and goes on being good', async () => {
		const anna = await join()
		await shop.sql`update staff set totp_secret = ${secretOf(anna.uri)}, totp_last_step = 0 where id = ${anna.id}`
		assert.equal((await signIn(anna.email, totpOf(anna.uri))).status, 201)
		const third = await startTestShop(shop.settings)
		assert.match(await storedOf(anna), /^v1\./)
		const sealed = await storedOf(anna)
		assert.equal((await signIn(anna.email, nextTotp(anna.uri))).status, 201)
		await third.close()
		assert.equal(await storedOf(anna), sealed)
	})

	test('of one is not good for another, nor under another key: then recovery codes let in, and the start tells', async () => {
		const [anna, boris] = [await join(), await join()]
		await shop.sql`update staff set totp_secret = ${await storedOf(boris)} where id = ${anna.id}`
		assert.equal((await signIn(anna.email, nextTotp(boris.uri))).status, 401)
		assert.equal((await signIn(anna.email, anna.codes[0] ?? '')).status, 201)

		const lines: string[] = []
		const moved = await startTestShop(
			{ ...shop.settings, SECRET_KEY: 'x'.repeat(32), LOG_LEVEL: 'warn' },
			{ write: (line: string) => void lines.push(line) },
		)
		const told = lines.map((line) => JSON.parse(line)).find(({ msg }) => /SECRET_KEY/.test(msg))
		assert.ok(told.staff.includes(boris.id))
		const totp = nextTotp(boris.uri)
		const attempt = { email: boris.email, password: PASSWORD, totp }
		assert.equal((await moved.guest.post('/admin/sessions', { body: attempt })).status, 401)
		const byCode = await moved.guest.post('/admin/sessions', { body: { ...attempt, totp: boris.codes[0] } })
		assert.equal(byCode.status, 201)
		// With the right key nothing is lost.
		assert.equal((await signIn(boris.email, totp)).status, 201)
		await sealTotpSecrets(shop.service)
		await moved.close()
	})

	test('of an invitation that was made before is the one that it was made with', async () => {
		const { body } = await invite()
		const secret = new OTPAuth.Secret({ size: 20 }).base32
		await shop.sql`update staff_invitations set totp_secret = ${secret} where id = ${body.id}`
		const anna = await accept(tokenOf(body.link))
		assert.equal(secretOf(anna.uri), secret)
		assert.equal((await signIn(anna.email, nextTotp(anna.uri))).status, 201)
	})
})
