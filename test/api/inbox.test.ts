import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { codeSentTo, newPhone, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/** The inbox of development. It is there on the embedded topics alone, whatever this run's other tests use. */
const EMBEDDED = process.env['TEST_KAFKA_BROKERS'] === undefined

type Shown = {
	id: string
	at: string
	channel: string
	template: string
	to: string
	subject: string | null
	text: string
	code: string | null
}

suite('The inbox shows what the phone and the mailbox would', { skip: !EMBEDDED && 'this run is on Kafka' }, () => {
	let shop: TestShop
	before(async () => {
		shop = await startTestShop()
	})
	const messages = async (after?: string): Promise<{ messages: Shown[]; next: string }> => {
		const { status, body } = await shop.guest.get(`//dev/inbox/messages${after === undefined ? '' : `?after=${after}`}`)
		assert.equal(status, 200)
		return body
	}
	const sentTo = (address: string, fits: (shown: Shown) => boolean) =>
		eventually(async () => {
			const found = (await messages()).messages.find((shown) => shown.to === address && fits(shown))
			assert.ok(found, `nothing for ${address} yet`)
			return found
		})

	test('a newcomer sees the sign-in code and the greeting', async () => {
		const phone = newPhone()
		await shop.guest.post('/users', { body: { name: 'Анна', phone, email: 'anna@example.com', consent: true, locale: 'ru' } })
		const { code, text } = await sentTo(phone, ({ template }) => template === 'login_code')
		assert.equal(code, await codeSentTo(shop, phone))
		assert.match(text, new RegExp(`Код для входа: ${code}`))
		await shop.guest.post('/sessions', { body: { phone, code } })
		const greeting = await sentTo(phone, ({ template }) => template === 'greeting')
		assert.deepEqual([greeting.channel, greeting.subject, greeting.code], ['sms', null, null])
		assert.equal(greeting.text, 'Здравствуйте, Анна! Спасибо за регистрацию.')
	})

	test('the mailbox gets the order, newest first', async () => {
		await putProducts(shop, { id: 10 })
		const person = await registerPerson(shop, { name: 'Bob', locale: 'en' })
		const [first, second] = [await placeOrder(person, { 10: 1 }), await placeOrder(person, { 10: 2 })]
		const newest = await sentTo(person.email, ({ subject }) => subject === `Order no. ${second.number} accepted`)
		assert.match(newest.text, /велосипед_10 × 2: 1000 RUB/)
		const all = (await messages()).messages
		const subjects = all.filter(({ to }) => to === person.email).map(({ subject }) => subject)
		assert.deepEqual(subjects, [`Order no. ${second.number} accepted`, `Order no. ${first.number} accepted`])
		assert.deepEqual(
			all.map(({ at }) => at),
			all
				.map(({ at }) => at)
				.toSorted()
				.toReversed(),
		)
	})

	test('asked again, it tells only what is new', async () => {
		const { next } = await messages()
		assert.deepEqual(await messages(next), { messages: [], next })
		const person = await registerPerson(shop)
		await sentTo(person.phone, ({ template }) => template === 'greeting')
		const fresh = await messages(next)
		assert.deepEqual(
			fresh.messages.map(({ to, template }) => [to, template]),
			[
				[person.phone, 'greeting'],
				[person.phone, 'login_code'],
			],
		)
		assert.deepEqual((await messages(fresh.next)).messages, [])
	})

	test('what others publish there does not disturb it, and of very many messages the newest are told', async () => {
		const person = await registerPerson(shop)
		await sentTo(person.phone, ({ template }) => template === 'greeting')
		const sms = (text: string) => ({
			key: String(person.id),
			value: { channel: 'sms', template: 'greeting', recipient: { phone: person.phone }, locale: 'ru', text, data: { name: '' } },
		})
		const { next } = await messages()
		await shop.topics.publish(
			'notifications',
			...Array.from({ length: 250 }, (_, index) => sms(`<b>${index}</b>`)),
			{ key: '1', value: Buffer.from('not JSON') },
			{ key: '1', value: null },
			{ key: '1', value: { channel: 'fax' } },
		)
		const fresh = (await messages(next)).messages
		assert.deepEqual([fresh.length, fresh[0]?.text, fresh.at(-1)?.text], [197, '<b>249</b>', '<b>53</b>'])
	})

	test('a place that is none is refused', async () => {
		for (const after of ['x', '1', '-1-1', '1-1-1', `${'9'.repeat(20)}-0`]) {
			assert.equal((await shop.guest.get(`//dev/inbox/messages?after=${after}`)).status, 400)
		}
		assert.equal((await shop.guest.get('//dev/inbox/messages?before=1')).status, 400)
		assert.equal((await shop.guest.post('//dev/inbox/messages')).status, 405)
	})

	test('the page comes in the reader’s language and lets nothing in from elsewhere', async () => {
		for (const [language, title] of [
			['ru', 'Входящие'],
			['en-GB', 'Inbox'],
		] as const) {
			const { status, headers, body } = await shop.guest.get('//dev/inbox', { headers: { 'accept-language': language } })
			assert.equal(status, 200)
			assert.match(body, new RegExp(`<h1>${title}</h1>`))
			const policy = headers.get('content-security-policy') ?? ''
			assert.match(policy, /default-src 'none'/)
			assert.doesNotMatch(policy, /unsafe|\*|https?:/)
			// The script and the styles are files of its own, and no other host stands in it.
			assert.doesNotMatch(body, /<script>|<style|onclick|https?:\/\//)
			for (const [, file] of body.matchAll(/(?:src|href)="(\/dev\/[^"]+)"/g)) {
				assert.equal((await shop.guest.get(`/${file}`)).status, 200)
			}
		}
	})
})

suite('In production there is no inbox', () => {
	test('it is not found', async () => {
		const shop = await startTestShop({ NODE_ENV: 'production' })
		for (const path of ['//dev/inbox', '//dev/inbox/messages', '//dev/inbox.js']) {
			assert.equal((await shop.guest.get(path)).status, 404)
		}
	})
})
