import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import * as OTPAuth from 'otpauth'
import { type Answer, codeOf } from '../support/client.ts'
import { insistently } from '../support/eventually.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { inviteByCommand, totpOf } from '../support/staff.ts'

const PASSWORD = 'correct horse battery staple'
const STEP_MS = 30_000

let shop: TestShop
let other: TestShop
before(async () => {
	shop = await startTestShop()
	other = await startTestShop(shop.settings)
})

const newEmail = () => `s-${randomUUID()}@example.com`

async function invite(role = 'viewer', email = newEmail()): Promise<{ token: string; email: string }> {
	return { token: await inviteByCommand(shop.sql, { email, role }), email }
}

const open = (token: string) => shop.guest.post('/admin/invitations/open', { body: { token } })

const accept = (token: string, uri: string, given: object = {}, { guest } = shop) =>
	insistently(() => guest.post('/admin/invitations/accept', { body: { token, password: PASSWORD, totp: totpOf(uri), ...given } }))

type Account = {
	readonly email: string
	readonly uri: string
	readonly token: string
	readonly recoveryCodes: readonly string[]
	/** The app's code that joining has used up. */
	readonly usedTotp: string
}

/** Somebody who has just joined. */
async function newAccount(): Promise<Account> {
	const { token, email } = await invite()
	const uri: string = (await open(token)).body.totp_uri
	const usedTotp = totpOf(uri)
	const { status, body } = await accept(token, uri, { totp: usedTotp })
	assert.equal(status, 201)
	return { email, uri, token: body.token, recoveryCodes: body.recovery_codes, usedTotp }
}

/** The code of the next half minute, which is taken too: that of now was used in joining. */
const nextTotp = (uri: string): string => OTPAuth.URI.parse(uri).generate({ timestamp: Date.now() + STEP_MS })

const signIn = (email: string, totp: string, password = PASSWORD, { guest } = shop) =>
	insistently(() => guest.post('/admin/sessions', { body: { email, password, totp } }))

const whoIs = (token: string, { guest } = shop) => guest.as(token).get('/admin/me')

/** In the order of their numbers: which of many who come at once comes first is not told. */
const statusesOf = (answers: readonly Answer[]): number[] => answers.map(({ status }) => status).sort((one, two) => one - two)

suite('An invitation', () => {
	test('may be opened again and again, and shows the same secret each time', async () => {
		const { token, email } = await invite('operator')
		const { status, body, headers, text } = await open(token)
		assert.equal(status, 200)
		assert.deepEqual(Object.keys(body), ['email', 'role', 'totp_uri', 'purpose'])
		assert.deepEqual([body.email, body.role, body.purpose], [email, 'operator', 'join'])
		assert.match(body.totp_uri, /^otpauth:\/\/totp\/.*[?&]secret=[A-Z2-7]{32}(&|$)/)
		assert.equal(headers.get('cache-control'), 'no-store')
		assert.equal((await open(token)).text, text)
	})

	test('when accepted makes an account, signs it in and gives out recovery codes', async () => {
		const { token, email } = await invite('manager')
		const { status, body, headers } = await accept(token, (await open(token)).body.totp_uri)
		assert.equal(status, 201)
		assert.deepEqual(Object.keys(body).sort(), ['expires_at', 'recovery_codes', 'staff', 'token'])
		assert.deepEqual(body.staff, { id: body.staff.id, email, role: 'manager' })
		assert.equal(new Set(body.recovery_codes).size, 10)
		assert.ok(Date.parse(body.expires_at) > Date.now())
		assert.match(headers.get('set-cookie') ?? '', /^__Host-staff=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=43200$/)
		assert.deepEqual((await whoIs(body.token)).body, body.staff)
	})

	test('is good once, also when many accept it at once', async () => {
		const { token } = await invite()
		const uri: string = (await open(token)).body.totp_uri
		const answers = await Promise.all([shop, other, shop, other].map((instance) => accept(token, uri, {}, instance)))
		assert.deepEqual(statusesOf(answers), [201, 404, 404, 404])
		assert.equal((await accept(token, uri)).body.code, 'invitation_not_found')
		assert.equal((await open(token)).body.code, 'invitation_not_found')
	})

	test('is good for three days', async () => {
		const { token, email } = await invite()
		const uri: string = (await open(token)).body.totp_uri
		await shop.sql`update staff_invitations set expires_at = expires_at - interval '71 hours 59 minutes' where email = ${email}`
		assert.equal((await open(token)).status, 200)
		await shop.sql`update staff_invitations set expires_at = expires_at - interval '2 minutes' where email = ${email}`
		for (const answer of [await open(token), await accept(token, uri)]) {
			assert.deepEqual([answer.status, answer.body.code], [404, 'invitation_not_found'])
		}
	})

	test('is void when another one follows, however the email is written', async () => {
		const first = await invite('viewer')
		const second = await invite('owner', first.email.toUpperCase())
		assert.equal((await open(first.token)).status, 404)
		const { body } = await open(second.token)
		assert.deepEqual([body.email, body.role], [first.email, 'owner'])
	})

	test('with a wrong code is not accepted, and stays good', async () => {
		const { token } = await invite()
		const uri: string = (await open(token)).body.totp_uri
		const longAgo = OTPAuth.URI.parse(uri).generate({ timestamp: Date.now() - 10 * STEP_MS })
		const { status, body } = await accept(token, uri, { totp: longAgo })
		assert.deepEqual([status, body.code], [401, 'totp_wrong'])
		assert.equal((await accept(token, uri)).status, 201)
	})

	for (const [what, given, pointer] of [
		['a password of less than 12 characters', { password: 'kurz-kurz-1' }, '/password'],
		['a code that is no code', { totp: '12345' }, '/totp'],
		['a role of one’s own choice', { role: 'owner' }, '/role'],
	] as const) {
		test(`is not accepted with ${what}`, async () => {
			const { token } = await invite()
			const { status, body } = await accept(token, (await open(token)).body.totp_uri, given)
			assert.deepEqual([status, body.errors[0].pointer], [400, pointer])
			assert.equal((await open(token)).status, 200)
		})
	}

	test('is not accepted with a password that holds the name in the email', async () => {
		const { token, email } = await invite()
		const password = `my ${email.split('@')[0]?.toUpperCase()} password`
		const { status, body } = await accept(token, (await open(token)).body.totp_uri, { password })
		assert.deepEqual([status, body.errors[0].pointer], [400, '/password'])
	})

	test('is not made for who has an account, nor for a role that there is not', async () => {
		const { email } = await newAccount()
		await assert.rejects(invite('owner', email), /has an account already/)
		await assert.rejects(invite('admin'), /choose one of viewer, operator, manager, owner/)
	})
})

suite('Signing in', () => {
	test('takes email, password and the code that the app shows, and opens a session', async () => {
		const { email, uri } = await newAccount()
		const { status, body, headers } = await signIn(email.toUpperCase(), nextTotp(uri))
		assert.equal(status, 201)
		assert.deepEqual(Object.keys(body), ['token', 'expires_at', 'staff'])
		assert.deepEqual(body.staff, { id: body.staff.id, email, role: 'viewer' })
		assert.equal(headers.get('cache-control'), 'no-store')
		assert.deepEqual((await whoIs(body.token, other)).body, body.staff)
	})

	test('that fails does not tell why: unknown email, wrong password, wrong and used code are one', async () => {
		const { email, uri, usedTotp } = await newAccount()
		const failures = [
			await signIn(newEmail(), nextTotp(uri)),
			await signIn(email, nextTotp(uri), `${PASSWORD}!`),
			await signIn(email, '000000'),
			await signIn(email, 'x4k2-9mtd-0v7q-hs3e'),
			await signIn(email, usedTotp),
		]
		for (const { status, body } of failures) assert.deepEqual([status, body.code], [401, 'credentials_wrong'])
		assert.equal(new Set(failures.map(({ text }) => text)).size, 1)
	})

	test('takes each code once, also of many who bring it at once', async () => {
		const { email, uri } = await newAccount()
		const code = nextTotp(uri)
		const answers = await Promise.all([shop, other, shop, other].map((instance) => signIn(email, code, PASSWORD, instance)))
		assert.deepEqual(statusesOf(answers), [201, 401, 401, 401])
		assert.equal((await signIn(email, code)).status, 401)
	})

	test('takes a recovery code instead, each once, however it is typed', async () => {
		const { email, recoveryCodes } = await newAccount()
		const [first = '', second = ''] = recoveryCodes
		assert.equal((await signIn(email, first, 'wrong')).status, 401)
		const answers = await Promise.all([shop, other].map((instance) => signIn(email, first, PASSWORD, instance)))
		assert.deepEqual(statusesOf(answers), [201, 401])
		assert.equal((await signIn(email, first)).status, 401)
		assert.equal((await signIn(email, ` ${second.toUpperCase().replaceAll('-', ' ')} `)).status, 201)
	})

	for (const [what, makeEmail] of [
		['an email', async () => (await newAccount()).email],
		['an email that nobody has, which tells nobody that it is unknown', async () => newEmail()],
	] as const) {
		test(`fails 10 times with ${what}, then it must wait a quarter of an hour`, async () => {
			const email = await makeEmail()
			const tries = Array.from({ length: 20 }, (_, index) => signIn(email, '000000', 'wrong', index % 2 ? other : shop))
			const answers = await Promise.all(tries)
			assert.equal(answers.filter(({ status }) => status === 401).length, 10)
			const refused = answers.filter(({ status }) => status === 429)
			assert.equal(refused.length, 10)
			for (const { body, headers } of refused) {
				assert.equal(body.code, 'too_many_requests')
				const seconds = Number(headers.get('retry-after'))
				assert.ok(seconds > 14 * 60 && seconds <= 15 * 60, `retry after ${seconds} s`)
			}
			await shop.sql`update staff_sign_in_failures set failed_at = failed_at - interval '15 minutes' where email = ${email}`
			assert.equal((await signIn(email, '000000', 'wrong')).status, 401)
		})
	}

	test('is refused to the right person too when the tries are used up, and what was right is no failure', async () => {
		const { email, recoveryCodes } = await newAccount()
		const [first = '', second = ''] = recoveryCodes
		for (let count = 0; count < 9; count++) assert.equal((await signIn(email, '000000')).status, 401)
		assert.equal((await signIn(email, first)).status, 201)
		assert.equal((await signIn(email, '000000')).status, 401)
		assert.equal((await signIn(email, second)).status, 429)
		await shop.sql`update staff_sign_in_failures set failed_at = failed_at - interval '15 minutes' where email = ${email}`
		assert.equal((await signIn(email, second)).status, 201)
	})
})

suite('A session of the staff', () => {
	test('that is signed out is over at once, on each instance, and the others are not', async () => {
		const { email, token, uri } = await newAccount()
		const { body } = await signIn(email, nextTotp(uri))
		assert.equal((await whoIs(token, other)).status, 200)
		const out = await shop.guest.as(token).delete('/admin/sessions/current')
		assert.equal(out.status, 204)
		assert.match(out.headers.get('set-cookie') ?? '', /^__Host-staff=; .*Max-Age=0/)
		for (const instance of [shop, other]) {
			assert.deepEqual(codeOf(await whoIs(token, instance)), [401, 'unauthenticated'])
			assert.equal((await whoIs(body.token, instance)).status, 200)
		}
	})

	test('ends after 12 hours by itself', async () => {
		const { email, token } = await newAccount()
		const shift = (by: string) => shop.sql`
			update staff_sessions set expires_at = expires_at - ${by}::text::interval from staff where staff.id = staff_id and email = ${email}`
		await shift('11 hours 59 minutes')
		assert.equal((await whoIs(token)).status, 200)
		await shift('2 minutes')
		assert.equal((await whoIs(token)).status, 401)
	})

	test('is one of 10 at the most: an eleventh ends the oldest', async () => {
		const { email, token, recoveryCodes } = await newAccount()
		const tokens = []
		for (const code of recoveryCodes) tokens.push((await signIn(email, code)).body.token)
		assert.equal((await whoIs(token)).status, 401)
		for (const later of tokens) assert.equal((await whoIs(later)).status, 200)
	})

	test('is taken from a cookie too, for changes only with an Origin of our own', async () => {
		const { token } = await newAccount()
		const cookie = `__Host-staff=${token}`
		assert.equal((await shop.guest.get('/admin/me', { headers: { cookie } })).status, 200)
		const signOut = (headers: Record<string, string>) => shop.guest.delete('/admin/sessions/current', { headers })
		for (const origin of [undefined, 'https://evil.example', 'null', `${shop.service.publicUrl}.evil.example`]) {
			assert.deepEqual(codeOf(await signOut({ cookie, ...(origin && { origin }) })), [403, 'forbidden'])
		}
		assert.equal((await signOut({ cookie, origin: new URL(shop.service.publicUrl).origin })).status, 204)
		assert.equal((await shop.guest.get('/admin/me', { headers: { cookie } })).status, 401)
	})
})
