import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { Client } from '../support/client.ts'
import { hashPhone } from '../../src/modules/customers/login-code.ts'
import { newPhone } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { codesSentTo, letTimePass } from '../support/sign-in.ts'

const ask = async (client: Client, phone: string, address?: string) => {
	const headers: Record<string, string> = address === undefined ? {} : { 'x-forwarded-for': address }
	const { status, body } = await client.post('/login-codes', { body: { phone }, headers })
	// Whether an SMS goes out or not, the answer is the same.
	assert.deepEqual([status, Object.keys(body)], [202, ['phone', 'expires_at', 'resend_after']])
	return body
}

suite('A phone gets', () => {
	let shop: TestShop
	before(async () => {
		shop = await startTestShop()
	})

	/** Asks for a code after each pause; returns how many SMS had gone out each time. */
	async function askAfter(phone: string, pauses: readonly string[]): Promise<number[]> {
		const counts: number[] = []
		for (const pause of pauses) {
			await letTimePass(shop, phone, pause)
			await ask(shop.guest, phone)
			counts.push((await codesSentTo(shop, phone)).length)
		}
		return counts
	}

	test('one SMS with a code a minute', async () => {
		assert.deepEqual(await askAfter(newPhone(), ['0', '0', '50 seconds', '11 seconds', '30 seconds']), [1, 1, 1, 2, 2])
	})

	test('another one at the very moment that it was told, and its code is good for as long as was told', async () => {
		const phone = newPhone()
		const { resend_after, expires_at } = await ask(shop.guest, phone)
		const phone_hash = hashPhone(shop.service.secret, phone)
		const [code] = await shop.sql`select expires_at from login_codes where phone_hash = ${phone_hash}`
		assert.equal(code?.['expires_at'].toISOString(), expires_at)
		// The SMS is so much older that it is that moment now.
		const [send] = await shop.sql`
			update login_code_sends set sent_at = sent_at - (${resend_after}::timestamptz - clock_timestamp())
			where phone_hash = ${phone_hash} returning old.sent_at + interval '60 seconds' = ${resend_after}::timestamptz as as_told`
		assert.ok(send?.['as_told'])
		await ask(shop.guest, phone)
		assert.equal((await codesSentTo(shop, phone)).length, 2)
	})

	test('three an hour', async () => {
		const pauses = ['0', '61 seconds', '61 seconds', '61 seconds', '50 minutes', '8 minutes']
		assert.deepEqual(await askAfter(newPhone(), pauses), [1, 2, 3, 3, 3, 4])
	})

	test('ten a day', async () => {
		const pauses = Array.from({ length: 12 }, () => '21 minutes')
		const phone = newPhone()
		assert.deepEqual(await askAfter(phone, pauses), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10])
		assert.deepEqual(await askAfter(phone, ['20 hours 9 minutes']), [11])
	})

	test('one when it is asked for many times at once on two instances', async () => {
		const other = await startTestShop(shop.settings)
		const phone = newPhone()
		await Promise.all(Array.from({ length: 20 }, (_, index) => ask((index % 2 === 0 ? shop : other).guest, phone)))
		assert.equal((await codesSentTo(shop, phone)).length, 1)
	})

	test('the same whichever route it is asked by, and in whichever way it is written', async () => {
		const phone = '+79261234567'
		await ask(shop.guest, '8 (926) 123-45-67')
		await shop.guest.post('/users', { body: { name: 'Анна', phone, email: 'a@example.com', consent: true } })
		assert.equal((await codesSentTo(shop, phone)).length, 1)
	})
})

/** Asks for a code to a new phone from an address and tells whether an SMS went out. */
async function getsOne(shop: TestShop, address?: string): Promise<boolean> {
	const phone = newPhone()
	await ask(shop.guest, phone, address)
	return (await codesSentTo(shop, phone)).length === 1
}

const PER_ADDRESS = { LOGIN_CODES_PER_ADDRESS_PER_HOUR: '2' }

suite('An address gets', () => {
	let shop: TestShop
	before(async () => {
		shop = await startTestShop({ ...PER_ADDRESS, TRUSTED_PROXIES: '1' })
	})
	const from = (address: string) => getsOne(shop, address)

	test('so many SMS an hour, whatever phones it names; the others get theirs', async () => {
		assert.deepEqual([await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.1')], [true, true, false])
		assert.equal(await from('192.0.2.2'), true)
		await shop.sql`update login_code_sends set sent_at = sent_at - interval '1 hour'`
		assert.equal(await from('192.0.2.1'), true)
	})

	test('them as one subscriber’s network when it is IPv6', async () => {
		assert.deepEqual(
			[await from('2001:db8:0:1::1'), await from('2001:db8:0:1:ffff::2'), await from('2001:db8::1:0:0:0:3')],
			[true, true, false],
		)
		assert.equal(await from('2001:db8:0:2::1'), true)
	})

	test('no more by naming another one where no proxy is trusted', async () => {
		const open = await startTestShop(PER_ADDRESS)
		const asked = [await getsOne(open, '192.0.2.1'), await getsOne(open, '192.0.2.2'), await getsOne(open, '192.0.2.3')]
		assert.deepEqual(asked, [true, true, false])
	})

	test('no more by putting one in front of what the trusted proxy says', async () => {
		const naming = (spoofed: string) => from(`${spoofed}, 192.0.2.9`)
		assert.deepEqual([await naming('192.0.2.1'), await naming('192.0.2.2'), await naming('192.0.2.3')], [true, true, false])
	})
})

suite('All phones together get', () => {
	test('so many SMS an hour, also when they ask at once on two instances', async () => {
		const shop = await startTestShop({ LOGIN_CODES_PER_HOUR: '5' })
		const other = await startTestShop(shop.settings)
		const phones = Array.from({ length: 16 }, newPhone)
		await Promise.all(phones.map((phone, index) => ask((index % 2 === 0 ? shop : other).guest, phone)))
		const counts = await Promise.all(phones.map(async (phone) => (await codesSentTo(shop, phone)).length))
		assert.equal(
			counts.reduce((sum, count) => sum + count, 0),
			5,
		)
		await shop.sql`update login_code_sends set sent_at = sent_at - interval '1 hour'`
		assert.equal(await getsOne(shop), true)
	})
})
