import assert from 'node:assert/strict'
import { test } from 'node:test'
import { greetingSms, loginCodeSms } from './messages.ts'

const phone = '+79001234567'

test('the SMS with a code warns to keep it, and ends as phones need it to fill it in on the shop’s domain', () => {
	assert.deepEqual(loginCodeSms({ phone, locale: 'ru' }, '123456', 'shop.example'), {
		channel: 'sms',
		template: 'login_code',
		recipient: { phone },
		locale: 'ru',
		text: 'Код для входа: 123456. Никому его не говорите.\n\n@shop.example #123456',
		data: { code: '123456' },
	})
	const { text } = loginCodeSms({ phone, locale: 'en' }, '000001', 'shop.example')
	assert.equal(text, "Your sign-in code: 000001. Don't tell it to anyone.\n\n@shop.example #000001")
})

test('the greeting addresses the person in their language', () => {
	assert.deepEqual(greetingSms({ phone, name: 'Анна', locale: 'ru' }), {
		channel: 'sms',
		template: 'greeting',
		recipient: { phone },
		locale: 'ru',
		text: 'Здравствуйте, Анна! Спасибо за регистрацию.',
		data: { name: 'Анна' },
	})
	assert.equal(greetingSms({ phone, name: 'Ann', locale: 'en' }).text, 'Hello, Ann! Thank you for registering.')
})
