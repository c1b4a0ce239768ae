import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { Client } from '../support/client.ts'
import { newPhone, type Person, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { askForCode, codesSentTo, letTimePass } from '../support/sign-in.ts'

const TRIES_A_CODE = 5
const WRONG_A_DAY = 10

let shop: TestShop
/** A second instance on the same database. */
let other: TestShop
let anna: Person
before(async () => {
	shop = await startTestShop()
	other = await startTestShop(shop.settings)
	anna = await registerPerson(shop)
})

const signIn = (client: Client, phone: string, code: string) => client.post('/sessions', { body: { phone, code } })
/** Six digits that are not these. */
const wrongFor = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

/** Tries a code so many times, one after the other, and returns what was answered. */
async function tryTimes(times: number, phone: string, code: string): Promise<string[]> {
	const outcomes: string[] = []
	for (let turn = 0; turn < times; turn++) {
		const { status, body } = await signIn(shop.guest, phone, code)
		outcomes.push(status === 201 ? 'signed in' : body.code)
	}
	return outcomes
}

const times = (count: number, outcome: string): string[] => Array.from({ length: count }, () => outcome)

suite('A code', () => {
	test('is good for five minutes', async () => {
		const code = await askForCode(shop, anna.phone)
		await letTimePass(shop, anna.phone, '4 minutes 30 seconds')
		assert.equal((await signIn(shop.guest, anna.phone, code)).status, 201)
		const late = await askForCode(shop, anna.phone)
		await letTimePass(shop, anna.phone, '5 minutes')
		const { status, body } = await signIn(shop.guest, anna.phone, late)
		assert.deepEqual([status, body.code], [401, 'code_wrong'])
	})

	test('works once', async () => {
		const code = await askForCode(shop, anna.phone)
		assert.deepEqual(await tryTimes(3, anna.phone, code), ['signed in', ...times(2, 'code_wrong')])
	})

	test('opens one session, also when it comes many times at once on two instances', async () => {
		const code = await askForCode(shop, anna.phone)
		const before = (await anna.get('/me/sessions')).body.data.length
		const answers = await Promise.all(
			Array.from({ length: 8 }, (_, index) => signIn((index % 2 === 0 ? shop : other).guest, anna.phone, code)),
		)
		assert.equal(answers.filter(({ status }) => status === 201).length, 1)
		assert.ok(answers.every(({ status, body }) => status === 201 || body.code === 'code_wrong'))
		assert.equal((await anna.get('/me/sessions')).body.data.length, before + 1)
	})

	test('is void when another one is sent', async () => {
		const [first, second] = [await askForCode(shop, anna.phone), await askForCode(shop, anna.phone)]
		assert.deepEqual(await tryTimes(1, anna.phone, first === second ? wrongFor(second) : first), ['code_wrong'])
		assert.deepEqual(await tryTimes(1, anna.phone, second), ['signed in'])
	})

	test('of one phone opens no session for another', async () => {
		const boris = await registerPerson(shop, { name: 'Борис' })
		const code = await askForCode(shop, anna.phone)
		const own = await askForCode(shop, boris.phone)
		assert.deepEqual(await tryTimes(1, boris.phone, code === own ? wrongFor(own) : code), ['code_wrong'])
	})

	test('takes wrong tries before the right one', async () => {
		const code = await askForCode(shop, anna.phone)
		assert.deepEqual(await tryTimes(TRIES_A_CODE - 1, anna.phone, wrongFor(code)), times(TRIES_A_CODE - 1, 'code_wrong'))
		assert.deepEqual(await tryTimes(1, anna.phone, code), ['signed in'])
	})

	test('takes five tries, then it is void', async () => {
		const code = await askForCode(shop, anna.phone)
		await tryTimes(TRIES_A_CODE, anna.phone, wrongFor(code))
		assert.deepEqual(await tryTimes(1, anna.phone, code), ['code_wrong'])
	})
})

suite('A phone takes ten wrong codes a day', () => {
	test('however many codes are sent: asking for another buys no tries', async () => {
		const code = await askForCode(shop, anna.phone)
		await tryTimes(TRIES_A_CODE, anna.phone, wrongFor(code))
		await letTimePass(shop, anna.phone, '61 seconds')
		await shop.guest.post('/login-codes', { body: { phone: anna.phone } })
		const resent = (await codesSentTo(shop, anna.phone)).at(-1) ?? ''
		const rest = WRONG_A_DAY - TRIES_A_CODE
		assert.deepEqual(await tryTimes(rest, anna.phone, wrongFor(resent)), times(rest, 'code_wrong'))
		await letTimePass(shop, anna.phone, '61 seconds')
		await shop.guest.post('/login-codes', { body: { phone: anna.phone } })
		const last = (await codesSentTo(shop, anna.phone)).at(-1) ?? ''
		const { status, body, headers } = await signIn(shop.guest, anna.phone, last)
		assert.deepEqual([status, body.code], [429, 'too_many_requests'])
		const day = 24 * 3_600
		assert.ok(Number(headers.get('retry-after')) > day - 300 && Number(headers.get('retry-after')) <= day)
		assert.equal((await anna.get('/me')).status, 200, 'who is signed in stays so')
	})

	test('and may try again a day later', async () => {
		assert.deepEqual(await tryTimes(1, anna.phone, await askForCode(shop, anna.phone)), ['signed in'])
	})

	test('also when they come all at once on two instances', async () => {
		const code = wrongFor(await askForCode(shop, anna.phone))
		const answers = await Promise.all(
			Array.from({ length: 40 }, (_, index) => signIn((index % 2 === 0 ? shop : other).guest, anna.phone, code)),
		)
		const count = (code: string) => answers.filter(({ body }) => body.code === code).length
		assert.deepEqual([count('code_wrong'), count('too_many_requests')], [WRONG_A_DAY, 40 - WRONG_A_DAY])
	})

	test('also when nobody has an account with it: nothing tells it from others', async () => {
		assert.deepEqual(await tryTimes(WRONG_A_DAY + 1, newPhone(), '000000'), [
			...times(WRONG_A_DAY, 'code_wrong'),
			'too_many_requests',
		])
	})

	test('and a right one does not count among them', async () => {
		await letTimePass(shop, anna.phone, '1 day')
		await tryTimes(4, anna.phone, wrongFor(await askForCode(shop, anna.phone)))
		for (let turn = 0; turn < 3; turn++) {
			await letTimePass(shop, anna.phone, '61 seconds')
			await shop.guest.post('/login-codes', { body: { phone: anna.phone } })
			const code = (await codesSentTo(shop, anna.phone)).at(-1) ?? ''
			if (turn < 2) assert.deepEqual(await tryTimes(1, anna.phone, code), ['signed in'])
			else assert.deepEqual(await tryTimes(7, anna.phone, wrongFor(code)), [...times(6, 'code_wrong'), 'too_many_requests'])
		}
	})
})

suite('A phone for which two thousand ask at once', () => {
	test('leaves the others their turn', async () => {
		const ask = (phone: string) => shop.guest.post('/login-codes', { body: { phone } })
		const flood = Array.from({ length: 2_000 }, () => ask(anna.phone))
		await Promise.any(flood.map(async (one) => assert.deepEqual((await one).body.code, 'overloaded')))
		const others = await Promise.all(Array.from({ length: 8 }, () => ask(newPhone())))
		assert.deepEqual(
			others.map(({ status }) => status),
			others.map(() => 202),
		)
		await Promise.all(flood)
	})
})
