import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { Answer, Client } from '../support/client.ts'
import { checkedShop } from '../support/openapi.ts'
import { newPhone, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'
import { askForCode, codesSentTo, letTimePass } from '../support/sign-in.ts'

const TRIES_A_CODE = 5
const CONSENT_VERSION = '2026-03'

let shop: TestShop
/** A second instance on the same database. */
let other: TestShop
let manager: StaffMember
before(async () => {
	// Here all newcomers come from one address.
	shop = await checkedShop(await startTestShop({ CONSENT_VERSION, LOGIN_CODES_PER_ADDRESS_PER_HOUR: '1000' }))
	other = await startTestShop(shop.settings)
	manager = await signInStaff(shop, 'manager')
})

const anna = (given: object = {}) => ({ name: 'Анна', email: 'anna@example.com', consent: true, ...given })
const bring = (phone: string, code: string, registration?: object, client: Client = shop.guest): Promise<Answer> =>
	client.post('/sessions', { body: { phone, code, registration } })
const outcomeOf = ({ status, body }: Answer): string => (status === 201 ? 'signed in' : body.code)
/** Six digits that are not these. */
const wrongFor = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const accountsOf = async (phone: string) => (await shop.sql`select from customers where phone = ${phone}`).count

/** Asks for a code to sign in with a phone that nobody has. */
async function newcomer(): Promise<{ phone: string; code: string }> {
	const phone = newPhone()
	return { phone, code: await askForCode(shop, phone) }
}

suite('A newcomer who signs in first', () => {
	test('is asked for name and email, and gets the account by the same code: one SMS in all', async () => {
		const { phone, code } = await newcomer()
		assert.equal(outcomeOf(await bring(phone, code)), 'registration_required')
		assert.equal(await accountsOf(phone), 0)
		const { status, body } = await bring(phone, code, anna({ name: ' Анна ', locale: 'en' }))
		assert.deepEqual([status, body.new_user], [201, true])
		const { name, email, locale } = body.user
		assert.deepEqual([name, body.user.phone, email, locale], ['Анна', phone, 'anna@example.com', 'en'])
		assert.deepEqual((await shop.guest.as(body.token).get('/me')).body, body.user)
		assert.equal((await codesSentTo(shop, phone)).length, 1)
		assert.equal(outcomeOf(await bring(phone, code, anna())), 'code_wrong', 'the code has opened its session')
	})

	test('may bring name and email along with the code at once', async () => {
		const { phone, code } = await newcomer()
		assert.equal(outcomeOf(await bring(phone, code, anna())), 'signed in')
	})

	test('may be asked as often as it takes, while the code is good and no longer', async () => {
		const { phone, code } = await newcomer()
		for (let turn = 0; turn < TRIES_A_CODE + 1; turn++) {
			assert.equal(outcomeOf(await bring(phone, code)), 'registration_required')
		}
		await letTimePass(shop, phone, '5 minutes')
		assert.equal(outcomeOf(await bring(phone, code, anna())), 'code_wrong')
		assert.equal(await accountsOf(phone), 0)
	})

	test('agrees at the sign-in to the text that is in force then', async () => {
		const { phone, code } = await newcomer()
		await letTimePass(shop, phone, '4 minutes')
		await bring(phone, code, anna())
		const [kept] = await shop.sql`
			select consent_version, created_at - consented_at < interval '1 minute' as at_sign_in from customers where phone = ${phone}`
		assert.deepEqual(kept, { consent_version: CONSENT_VERSION, at_sign_in: true })
	})

	test('who does not consent is refused, and the code stays good', async () => {
		const { phone, code } = await newcomer()
		for (const consent of [false, undefined]) {
			const { status, body } = await bring(phone, code, anna({ consent }))
			assert.deepEqual([status, body.code], [422, 'consent_required'])
		}
		assert.equal(await accountsOf(phone), 0)
		assert.equal(outcomeOf(await bring(phone, code, anna())), 'signed in')
	})

	for (const [what, given, pointer] of [
		['a blank name', { name: ' ' }, '/registration/name'],
		['an email that is none', { email: 'anna' }, '/registration/email'],
		['a phone of its own', { phone: newPhone() }, '/registration/phone'],
		['no name', { name: undefined }, '/registration/name'],
	] as const) {
		test(`is refused with ${what}, with a pointer to it, and the code stays good`, async () => {
			const { phone, code } = await newcomer()
			const { status, body } = await shop.guest.post('/sessions', { body: { phone, code, registration: anna(given) } })
			assert.deepEqual([status, body.code, body.errors[0].pointer], [400, 'validation_failed', pointer])
			assert.equal(outcomeOf(await bring(phone, code, anna())), 'signed in')
		})
	}

	test('has one account and one session when the code comes many times at once on two instances', async () => {
		const { phone, code } = await newcomer()
		const answers = await Promise.all(
			Array.from({ length: 10 }, (_, turn) =>
				bring(phone, code, turn % 4 < 2 ? anna() : undefined, (turn % 2 === 0 ? shop : other).guest),
			),
		)
		const outcomes = answers.map(outcomeOf)
		assert.equal(outcomes.filter((outcome) => outcome === 'signed in').length, 1, outcomes.join())
		assert.ok(outcomes.every((outcome) => ['signed in', 'registration_required', 'code_wrong'].includes(outcome)))
		const [{ sessions }] = await shop.sql<[{ sessions: number }]>`
			select count(*)::int as sessions from sessions join customers on customers.id = customer_id where phone = ${phone}`
		assert.deepEqual([await accountsOf(phone), sessions], [1, 1])
	})

	test('is greeted and told of once', async () => {
		const { phone, code } = await newcomer()
		await bring(phone, code)
		const { body } = await bring(phone, code, anna())
		await bring(phone, await askForCode(shop, phone), anna())
		const greetings = (await shop.topics.read('notifications')).filter(({ value }) => value.recipient.phone === phone)
		assert.deepEqual(
			greetings.map(({ value }) => value.template),
			['greeting'],
		)
		const told = (await shop.topics.read('users')).filter(({ value }) => value.user_id === body.user.id)
		assert.deepEqual(
			told.map(({ headers }) => headers['ce_type']),
			['user.registered'],
		)
	})
})

/** Asks for a code to register with it. */
async function asked(given: object): Promise<{ phone: string; code: string }> {
	const phone = newPhone()
	await shop.guest.post('/users', { body: { phone, ...anna(given) } })
	const [code] = await codesSentTo(shop, phone)
	return { phone, code: code ?? assert.fail('no code came') }
}

suite('What comes with the code is registered, and not what was sent before:', () => {
	test('an email that was corrected within the minute', async () => {
		const { phone, code } = await asked({ email: 'ana@example.com' })
		const corrected = anna({ email: 'anna@example.com' })
		assert.equal((await shop.guest.post('/users', { body: { phone, ...corrected } })).status, 202)
		assert.equal((await codesSentTo(shop, phone)).length, 1, 'no second SMS within a minute')
		assert.equal((await bring(phone, code, corrected)).body.user.email, 'anna@example.com')
	})

	test('the newcomer’s own data, where a stranger has just asked with the phone', async () => {
		const { phone, code } = await asked({ name: 'Чужой', email: 'stranger@example.com', locale: 'en' })
		assert.equal((await shop.guest.post('/users', { body: { phone, ...anna() } })).status, 202)
		const { body } = await bring(phone, code, anna({ locale: 'ru' }))
		assert.deepEqual([body.user.name, body.user.email, body.user.locale], ['Анна', 'anna@example.com', 'ru'])
	})
})

suite('A code that two have asked for within a minute registers nobody by itself:', () => {
	const STRANGER = { name: 'Чужой', email: 'stranger@example.com' }
	const register = (phone: string) => shop.guest.post('/users', { body: { phone, ...anna() } })
	const signIn = (phone: string) => shop.guest.post('/login-codes', { body: { phone } })
	for (const [what, askAgain] of [
		['who registers', register],
		['who signs in', signIn],
	] as const) {
		test(`a stranger, then the newcomer, ${what} and is asked for the name when the code comes`, async () => {
			const { phone, code } = await asked(STRANGER)
			assert.equal((await askAgain(phone)).status, 202)
			assert.equal(outcomeOf(await bring(phone, code)), 'registration_required')
			assert.equal(await accountsOf(phone), 0)
			assert.equal((await bring(phone, code, anna())).body.user.name, 'Анна')
		})
	}

	test('the newcomer, then a stranger, at once on two instances', async () => {
		const { phone, code } = await asked({})
		const body = { phone, ...anna(STRANGER) }
		await Promise.all([shop.guest.post('/users', { body }), other.guest.post('/users', { body })])
		assert.equal(outcomeOf(await bring(phone, code)), 'registration_required')
	})

	test('but who just sends the same again is registered', async () => {
		const { phone, code } = await asked({})
		await register(phone)
		const { status, body } = await bring(phone, code)
		assert.deepEqual([status, body.user?.name], [201, 'Анна'])
	})
})

suite('Where the phone has an account, what comes with the code is not looked at:', () => {
	test('whoever has it is signed in, and nothing is overwritten', async () => {
		const person = await registerPerson(shop)
		const { status, body } = await bring(
			person.phone,
			await askForCode(shop, person.phone),
			anna({ name: 'Мария', locale: 'en' }),
		)
		assert.deepEqual([status, body.new_user], [201, false])
		assert.deepEqual(body.user, (await person.get('/me')).body)
	})

	test('also when the account was given the phone after the newcomer had been asked for a name', async () => {
		const { phone, code } = await newcomer()
		assert.equal(outcomeOf(await bring(phone, code)), 'registration_required')
		const person = await registerPerson(shop, { name: 'Вера' })
		const changed = await manager.patch(`/admin/users/${person.id}`, { body: { phone }, headers: { 'if-match': '"1"' } })
		assert.equal(changed.status, 200, changed.text)
		const { body } = await bring(phone, code, anna())
		assert.deepEqual([body.new_user, body.user?.id, body.user?.name], [false, person.id, 'Вера'])
	})

	test('who is blocked stays out, and the code is used up', async () => {
		const person = await registerPerson(shop)
		const blocked = await manager.post(`/admin/users/${person.id}/block`, { body: { reason: 'fraud' } })
		assert.equal(blocked.status, 200, blocked.text)
		const code = await askForCode(shop, person.phone)
		assert.equal(outcomeOf(await bring(person.phone, code, anna())), 'user_blocked')
		assert.equal(outcomeOf(await bring(person.phone, code, anna())), 'code_wrong')
	})
})

suite('A code that is to come again takes no more guesses than another:', () => {
	test('five wrong ones, however often the right one comes in between', async () => {
		const { phone, code } = await newcomer()
		for (let turn = 0; turn < TRIES_A_CODE; turn++) {
			assert.equal(outcomeOf(await bring(phone, code)), 'registration_required')
			assert.equal(outcomeOf(await bring(phone, wrongFor(code), anna())), 'code_wrong')
		}
		assert.equal(outcomeOf(await bring(phone, code, anna())), 'code_wrong')
		assert.equal(await accountsOf(phone), 0)
	})

	test('five wrong ones also when some come at once with the right one on two instances', async () => {
		const { phone, code } = await newcomer()
		const wrong = wrongFor(code)
		const atOnce = [wrong, code, wrong, code, wrong]
		const answers = await Promise.all(
			atOnce.map((each, turn) => bring(phone, each, undefined, (turn % 2 === 0 ? shop : other).guest)),
		)
		assert.deepEqual(
			answers.map(outcomeOf),
			atOnce.map((each) => (each === code ? 'registration_required' : 'code_wrong')),
		)
		for (let turn = 3; turn < TRIES_A_CODE; turn++) assert.equal(outcomeOf(await bring(phone, wrong)), 'code_wrong')
		assert.equal(outcomeOf(await bring(phone, code, anna())), 'code_wrong')
	})

	test('and a wrong one tells nothing, whatever comes with it', async () => {
		const person = await registerPerson(shop)
		const wrong = wrongFor(await askForCode(shop, person.phone))
		const [known, unknown] = [await bring(person.phone, wrong, anna()), await bring(newPhone(), '000000', anna())]
		assert.deepEqual([known.status, known.body.code], [401, 'code_wrong'])
		assert.equal(known.text, unknown.text)
		const refused = [
			await bring(person.phone, wrong, anna({ consent: false })),
			await bring(newPhone(), '000000', anna({ consent: false })),
		]
		assert.deepEqual(refused.map(outcomeOf), ['consent_required', 'consent_required'])
	})
})
