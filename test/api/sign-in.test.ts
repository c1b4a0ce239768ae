import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { Answer, RequestOptions } from '../support/client.ts'
import { codeSentTo, newPhone, type Person, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { askForCode, codesSentTo, letTimePass } from '../support/sign-in.ts'

const CONSENT_VERSION = '2026-02'
const FIVE_MINUTES_MS = 5 * 60_000
/** The machine and the database may need as long as this for what a test asks. */
const TOLERANCE_MS = 20_000

let shop: TestShop
let anna: Person
before(async () => {
	shop = await startTestShop({ CONSENT_VERSION })
	anna = await registerPerson(shop)
})

const whole = (given: object = {}) => ({ name: 'Анна', phone: newPhone(), email: 'a@example.com', consent: true, ...given })
const register = (body: object, headers: RequestOptions['headers'] = {}) => shop.guest.post('/users', { body, headers })
const signIn = (phone: string, code: string) => shop.guest.post('/sessions', { body: { phone, code } })

/** Registers, and brings the code back. */
async function registerWhole(given: object, headers: RequestOptions['headers'] = {}): Promise<Answer> {
	const asked = await register(whole(given), headers)
	assert.equal(asked.status, 202, asked.text)
	return signIn(asked.body.phone, (await codesSentTo(shop, asked.body.phone)).at(-1) ?? 'none')
}

const smsTo = async (topic: 'loginCodes' | 'notifications', phone: string) =>
	(await shop.topics.find(topic, ({ value }) => value.recipient.phone === phone)).value

suite('Somebody who registers', () => {
	test('is told until when the code is good and when another may be asked for', async () => {
		const start = Date.now()
		const { status, body } = await register(whole({ phone: '8 (912) 345-67-89' }))
		assert.equal(status, 202)
		assert.deepEqual(Object.keys(body), ['phone', 'expires_at', 'resend_after'])
		assert.equal(body.phone, '+79123456789')
		assert.ok(Math.abs(Date.parse(body.expires_at) - start - FIVE_MINUTES_MS) < TOLERANCE_MS)
		assert.ok(Math.abs(Date.parse(body.resend_after) - start - 60_000) < TOLERANCE_MS)
	})

	test('gets the code by an SMS that a phone can fill in on the shop’s pages', async () => {
		const phone = newPhone()
		await register(whole({ phone }))
		const sms = await smsTo('loginCodes', phone)
		const { code } = sms.data
		assert.match(code, /^\d{6}$/)
		assert.deepEqual(sms, {
			channel: 'sms',
			template: 'login_code',
			recipient: { phone },
			locale: 'ru',
			text: `Код для входа: ${code}. Никому его не говорите.\n\n@shop.example #${code}`,
			data: { code },
		})
		const { key, headers } = await shop.topics.find('loginCodes', ({ value }) => value.recipient.phone === phone)
		assert.ok(key && !key.includes(phone.slice(1)), 'the key does not tell the phone')
		assert.equal(headers['ce_type'], 'login_code.requested')
	})

	test('has an account and a session when the code comes back', async () => {
		const start = Date.now()
		const { status, body, headers } = await registerWhole({
			name: ' Вера ',
			phone: '+7 921 000-00-01',
			email: 'vera@example.com',
		})
		assert.equal(status, 201)
		assert.deepEqual(Object.keys(body), ['token', 'expires_at', 'new_user', 'user'])
		const { id, created_at, ...user } = body.user
		assert.deepEqual(user, { name: 'Вера', phone: '+79210000001', email: 'vera@example.com', locale: 'ru' })
		assert.ok(Number.isSafeInteger(id))
		assert.ok(Math.abs(Date.parse(created_at) - start) < TOLERANCE_MS)
		assert.equal(body.new_user, true)
		assert.ok(Math.abs(Date.parse(body.expires_at) - start - 30 * 24 * 3_600_000) < TOLERANCE_MS)
		assert.equal(headers.get('cache-control'), 'no-store')
		assert.deepEqual((await shop.guest.as(body.token).get('/me')).body, body.user)
	})

	test('has no account before the code comes back', async () => {
		const phone = newPhone()
		await register(whole({ phone }))
		assert.equal((await shop.sql`select from customers where phone = ${phone}`).count, 0)
	})

	test('must consent to the processing of personal data', async () => {
		const phone = newPhone()
		for (const consent of [false, undefined]) {
			const { status, body } = await register(whole({ phone, consent }))
			assert.deepEqual([status, body.code], [422, 'consent_required'])
		}
		assert.deepEqual(await codesSentTo(shop, phone), [])
	})

	test('has agreed to a certain text at a certain time, and both are kept', async () => {
		const start = Date.now()
		const { body } = await registerWhole({})
		const [kept] = await shop.sql`select consent_version, consented_at from customers where id = ${body.user.id}`
		assert.equal(kept?.['consent_version'], CONSENT_VERSION)
		assert.ok(Math.abs(kept?.['consented_at'] - start) < TOLERANCE_MS)
	})

	test('may have the email of somebody else: an email is no identity', async () => {
		const one = await registerWhole({ email: anna.email })
		assert.deepEqual([one.status, one.body.new_user], [201, true])
		assert.notEqual(one.body.user.id, anna.id)
	})

	test('is written to in the language chosen, else in that of the browser, else in Russian', async () => {
		for (const [given, headers, locale, code, greeting] of [
			[{ locale: 'en' }, { 'accept-language': 'ru' }, 'en', /^Your sign-in code/, 'Hello, Анна! Thank you for registering.'],
			[
				{},
				{ 'accept-language': 'de, en;q=0.8, ru;q=0.5' },
				'en',
				/^Your sign-in code/,
				'Hello, Анна! Thank you for registering.',
			],
			[{}, { 'accept-language': 'de' }, 'ru', /^Код для входа/, 'Здравствуйте, Анна! Спасибо за регистрацию.'],
		] as const) {
			const phone = newPhone()
			const { body } = await registerWhole({ phone, ...given }, headers)
			assert.equal(body.user.locale, locale)
			assert.match((await smsTo('loginCodes', phone)).text, code)
			assert.equal((await smsTo('notifications', phone)).text, greeting)
			const { value } = await shop.topics.find('users', (message) => message.value.user_id === body.user.id)
			assert.equal(value.locale, locale)
		}
	})

	test('is greeted and told of once, also when the code comes ten times at once', async () => {
		const phone = newPhone()
		await register(whole({ phone }))
		const code = await codeSentTo(shop, phone)
		const answers = await Promise.all(Array.from({ length: 10 }, () => signIn(phone, code)))
		const opened = answers.filter(({ status }) => status === 201)
		assert.equal(opened.length, 1)
		assert.ok(answers.every(({ status, body }) => status === 201 || body.code === 'code_wrong'))
		const [{ body }] = [opened[0] ?? assert.fail()]
		await signIn(phone, await askForCode(shop, phone))
		await codesSentTo(shop, phone)
		const greetings = (await shop.topics.read('notifications')).filter(({ value }) => value.recipient.phone === phone)
		assert.deepEqual(
			greetings.map(({ value, key }) => [value.template, key]),
			[['greeting', String(body.user.id)]],
		)
		const told = (await shop.topics.read('users')).filter(({ value }) => value.user_id === body.user.id)
		assert.deepEqual(
			told.map(({ headers, key }) => [headers['ce_type'], key]),
			[['user.registered', String(body.user.id)]],
		)
		assert.deepEqual(Object.keys(told[0]?.value), ['user_id', 'locale', 'occurred_at'], 'no name, phone or email')
	})
})

suite('Nobody learns which phones are known:', () => {
	test('both routes answer the same for a known phone and an unknown one, also when no SMS goes out', async () => {
		const shapes = new Set<string>()
		for (const phone of [anna.phone, newPhone()]) {
			for (const ask of [register(whole({ phone })), shop.guest.post('/login-codes', { body: { phone } })]) {
				const { status, body, headers } = await ask
				assert.equal(body.phone, phone)
				shapes.add(JSON.stringify([status, Object.keys(body), [...headers.keys()]]))
			}
		}
		assert.equal(shapes.size, 1, [...shapes].join('\n'))
	})

	test('somebody with an account who registers again is just signed in, and nothing is overwritten', async () => {
		await letTimePass(shop, anna.phone, '1 day')
		const { status, body } = await registerWhole({ phone: anna.phone, name: 'Мария', email: 'm@example.com', locale: 'en' })
		assert.deepEqual([status, body.new_user], [201, false])
		assert.deepEqual(body.user, (await anna.get('/me')).body)
		assert.deepEqual([body.user.name, body.user.email, body.user.locale], [anna.name, anna.email, 'ru'])
	})

	test('somebody without one who brings the code of a plain sign-in is told to register', async () => {
		const phone = newPhone()
		const { status, body } = await signIn(phone, await askForCode(shop, phone))
		assert.deepEqual([status, body.code], [409, 'registration_required'])
		assert.equal((await shop.sql`select from customers where phone = ${phone}`).count, 0)
		await letTimePass(shop, phone, '1 day')
		assert.equal((await registerWhole({ phone })).status, 201)
	})

	test('a wrong code says nothing else for a phone that has no account and no code', async () => {
		const [known, unknown] = [await signIn(anna.phone, '000000'), await signIn(newPhone(), '000000')]
		assert.deepEqual([known.status, known.body.code], [401, 'code_wrong'])
		assert.equal(known.text, unknown.text)
	})
})

suite('A phone number', () => {
	test('may be written as people write it, and is one phone', async () => {
		const written = [
			'+79161234567',
			'+7 916 123-45-67',
			'8 (916) 123-45-67',
			'89161234567',
			'9161234567',
			' 8-916-123 45 67 ',
			'7 916 1234567',
		]
		for (const phone of written) {
			const { status, body } = await shop.guest.post('/login-codes', { body: { phone } })
			assert.deepEqual([status, body.phone], [202, '+79161234567'], phone)
		}
		assert.equal((await codesSentTo(shop, '+79161234567')).length, 1)
		const opened = await registerWhole({ phone: '+7 (917) 123-45-67' })
		await letTimePass(shop, '+79171234567', '1 day')
		const again = await signIn('8 917 123 45 67', await askForCode(shop, '+79171234567'))
		assert.equal(again.body.user.id, opened.body.user.id)
	})

	test('may be one of another country', async () => {
		for (const [phone, kept] of [
			['+375 29 491-19-11', '+375294911911'],
			['+49 1512 3456789', '+4915123456789'],
		]) {
			assert.equal((await shop.guest.post('/login-codes', { body: { phone } })).body.phone, kept)
		}
	})

	test('that can’t exist or gets no SMS is refused, with a pointer to it', async () => {
		for (const phone of ['123', 'телефон', '+7 900 123', '+7 900 123-45-67-89-00', '+79001234567 доб. 5', '+19002000000', '']) {
			for (const path of ['/users', '/login-codes', '/sessions']) {
				const body = { '/users': whole({ phone }), '/login-codes': { phone }, '/sessions': { phone, code: '123456' } }[path]
				const answer = await shop.guest.post(path, { body })
				assert.deepEqual(
					[answer.status, answer.body.code, answer.body.errors[0].pointer],
					[400, 'validation_failed', '/phone'],
					phone,
				)
			}
		}
	})
})

suite('What is sent to register or sign in', () => {
	const cases: readonly (readonly [what: string, path: string, body: unknown, pointer: string])[] = [
		['a blank name', '/users', whole({ name: ' \u3000' }), '/name'],
		['a name of two lines', '/users', whole({ name: 'Анна\nМария' }), '/name'],
		['a name of more than 100 characters', '/users', whole({ name: 'а'.repeat(101) }), '/name'],
		['a name with a NUL character', '/users', whole({ name: 'Анна\0' }), '/name'],
		['an email that is none', '/users', whole({ email: 'anna' }), '/email'],
		['an email of more than 254 characters', '/users', whole({ email: `${'a'.repeat(243)}@example.com` }), '/email'],
		['a language that is not spoken here', '/users', whole({ locale: 'de' }), '/locale'],
		['a consent that is text', '/users', whole({ consent: 'true' }), '/consent'],
		['a field that nobody knows', '/users', whole({ role: 'owner' }), '/role'],
		['a phone that is a number', '/login-codes', { phone: 79001234567 }, '/phone'],
		['a field that nobody knows', '/login-codes', { phone: '+79001234567', id: 1 }, '/id'],
		['a code of five digits', '/sessions', { phone: '+79001234567', code: '12345' }, '/code'],
		['a code that is a number', '/sessions', { phone: '+79001234567', code: 123456 }, '/code'],
		['a code of Arabic digits', '/sessions', { phone: '+79001234567', code: '١٢٣٤٥٦' }, '/code'],
		['no code', '/sessions', { phone: '+79001234567' }, '/code'],
		['a list', '/sessions', [], ''],
	]
	for (const [what, path, body, pointer] of cases) {
		test(`is refused with ${what} (${path}), with a pointer to it`, async () => {
			const answer = await shop.guest.post(path, { body })
			assert.deepEqual([answer.status, answer.body.code], [400, 'validation_failed'])
			assert.equal(answer.body.errors[0].pointer, pointer)
		})
	}
})
