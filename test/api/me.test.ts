import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

let shop: TestShop
let anna: Person
before(async () => {
	shop = await startTestShop()
	anna = await registerPerson(shop)
})

const look = async (person: Person) => (await person.get('/me')).body

suite('Somebody who is signed in', () => {
	test('sees their own data, and what others have is their own', async () => {
		const boris = await registerPerson(shop, { name: 'Борис', locale: 'en' })
		for (const person of [anna, boris]) {
			const { created_at, ...user } = await look(person)
			const { id, name, phone, email } = person
			assert.deepEqual(user, { id, name, phone, email, locale: person === anna ? 'ru' : 'en' })
			assert.ok(Number.isFinite(Date.parse(created_at)))
		}
	})

	test('changes name, email and language, one or all', async () => {
		const vera = await registerPerson(shop, { name: 'Вера' })
		let expected = await look(vera)
		for (const change of [
			{ name: 'Вероника' },
			{ email: 'vera@example.com' },
			{ locale: 'en' },
			{ name: 'Вера', email: 'v@example.com', locale: 'ru' },
		]) {
			expected = { ...expected, ...change }
			const { status, body } = await vera.patch('/me', { body: change })
			assert.equal(status, 200)
			assert.deepEqual(body, expected)
			assert.deepEqual(await look(vera), expected)
		}
		assert.equal((await look(anna)).name, 'Анна', 'nobody else is changed')
	})

	test('has a name as it was typed, without the spaces around it', async () => {
		const names = [
			['  Анна-Мария  ', 'Анна-Мария'],
			['<script>alert(1)</script>', '<script>alert(1)</script>'],
			["O'Brien; drop table customers", "O'Brien; drop table customers"],
			['👩‍👩‍👧', '👩‍👩‍👧'],
		]
		for (const [typed, kept] of names) assert.equal((await anna.patch('/me', { body: { name: typed } })).body.name, kept)
		assert.equal((await anna.patch('/me', { body: { name: 'а'.repeat(100) } })).status, 200)
		await anna.patch('/me', { body: { name: 'Анна' } })
	})

	test('is written to in the language chosen last', async () => {
		const vera = await registerPerson(shop, { name: 'Вера' })
		await putProducts(shop, { id: 1 })
		await vera.patch('/me', { body: { locale: 'en', email: 'new@example.com' } })
		const order = await placeOrder(vera, { 1: 1 })
		const { value } = await shop.topics.find('notifications', (message) => message.value.data.order_number === order.number)
		assert.deepEqual([value.locale, value.recipient.email], ['en', 'new@example.com'])
		assert.match(value.subject, /^Order/)
	})
})

suite('One’s own data stay as they are', () => {
	const faults: readonly (readonly [what: string, body: unknown, pointer: string])[] = [
		['the phone: the account is known by it', { phone: '+79001234567' }, '/phone'],
		['the id', { id: 1 }, '/id'],
		['the consent', { consent: false }, '/consent'],
		['a field that nobody knows, beside one that is right', { name: 'Ольга', blocked: true }, '/blocked'],
		['a name that is blank', { name: ' ' }, '/name'],
		['a name of two lines', { name: 'Анна\r\nBcc: all' }, '/name'],
		['a name of more than 100 characters', { name: 'а'.repeat(101) }, '/name'],
		['a name that is null', { name: null }, '/name'],
		['an email that is none', { email: 'anna@' }, '/email'],
		['a language that is not spoken here', { locale: 'fr' }, '/locale'],
		['nothing', {}, ''],
		['a list', ['name'], ''],
	]
	for (const [what, body, pointer] of faults) {
		test(`when what comes is ${what}; a pointer tells where`, async () => {
			const before = await look(anna)
			const answer = await anna.patch('/me', { body })
			assert.deepEqual([answer.status, answer.body.code, answer.body.errors[0].pointer], [400, 'validation_failed', pointer])
			assert.deepEqual(await look(anna), before)
		})
	}

	test('when what comes could slip in by a prototype', async () => {
		const before = await look(anna)
		for (const raw of [
			'{"__proto__": {"name": "x"}}',
			'{"constructor": {"prototype": {"name": "x"}}}',
			'{"name": "x", "__proto__": null}',
		]) {
			assert.equal((await anna.patch('/me', { raw })).status, 400, raw)
		}
		assert.deepEqual(await look(anna), before)
	})

	test('when what comes is no JSON, or says it is none', async () => {
		const before = await look(anna)
		const broken = await anna.patch('/me', { raw: '{"name": "Ольга"' })
		assert.deepEqual([broken.status, broken.body.code], [400, 'malformed_json'])
		const text = await anna.patch('/me', { raw: '{"name": "Ольга"}', headers: { 'content-type': 'text/plain' } })
		assert.deepEqual([text.status, text.body.code], [415, 'unsupported_media_type'])
		const large = await anna.patch('/me', { raw: JSON.stringify({ name: 'x'.repeat(70_000) }) })
		assert.deepEqual([large.status, large.body.code], [413, 'body_too_large'])
		assert.deepEqual(await look(anna), before)
	})

	test('when whoever asks is not signed in', async () => {
		for (const [method, path] of [
			['GET', '/me'],
			['PATCH', '/me'],
			['GET', '/me/sessions'],
			['DELETE', '/me/sessions/0199a3f2-5d1c-7c44-9a55-0f6d1c2b3a49'],
			['DELETE', '/sessions/current'],
		] as const) {
			const { status, body } = await shop.guest.request(method, path, method === 'PATCH' ? { body: { name: 'x' } } : {})
			assert.deepEqual([status, body.code], [401, 'unauthenticated'], `${method} ${path}`)
		}
	})
})
