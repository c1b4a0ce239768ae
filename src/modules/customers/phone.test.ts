import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parsePhone, phonePartsOf, readPhone } from './phone.ts'

const WRITTEN = [
	['+7 900 123-45-67', 'RU', '+79001234567'],
	['89001234567', 'RU', '+79001234567'],
	['8 (900) 123 45 67', 'RU', '+79001234567'],
	['9001234567', 'RU', '+79001234567'],
	['  +7-900-123-45-67 ', 'RU', '+79001234567'],
	['+1 202 555 0123', 'RU', '+12025550123'],
	['+7 701 123 45 67', 'RU', '+77011234567'],
	['(202) 555-0123', 'US', '+12025550123'],
	['8 495 123-45-67', 'RU', '+74951234567'],
] as const

for (const [text, country, e164] of WRITTEN) {
	test(`"${text}" written in ${country} is the phone ${e164}`, () => assert.equal(parsePhone(text, country), e164))
}

const NOT_PHONES = [
	'',
	'0900',
	'+7900',
	'12345',
	'call me',
	'900-CALL-NOW',
	'tel:+79001234567',
	'+7 900 123-45-67 ext 5',
	'+7 900 123-45-67, 5',
	'++79001234567',
	'call 89001234567',
	'89001234567 or 89001234568',
	'+99912345678',
]

for (const text of NOT_PHONES) {
	test(`"${text}" is no phone`, () => assert.equal(parsePhone(text, 'RU'), undefined))
}

test('a premium-rate number is no phone: each SMS to it would earn somebody money', () => {
	assert.equal(parsePhone('8 809 505 12 34', 'RU'), undefined)
})

test('a satellite phone is no phone: it belongs to no country, and an SMS to it costs many times as much', () => {
	assert.equal(parsePhone('+881 6 3828 4723', 'RU'), undefined)
})

test('a number without a calling code means nothing where the country is unknown', () => {
	assert.equal(parsePhone('9001234567', 'XX'), undefined)
	assert.equal(parsePhone('+79001234567', 'XX'), '+79001234567')
})

test('the calling code of the country is told along with the number', () => {
	assert.deepEqual(readPhone('+44 7400 123456', 'RU'), { number: '+447400123456', prefix: '44' })
})

test('however a number is punctuated, it is the same phone, and E.164 reads as itself', () => {
	const separator = fc.constantFrom('', ' ', '-', '.')
	const russian = fc.tuple(
		fc.constantFrom('+7', '8', '7'),
		fc.integer({ min: 0, max: 9_999_999 }),
		fc.array(separator, { minLength: 4, maxLength: 4 }),
	)
	fc.assert(
		fc.property(russian, ([trunk, last, separators]) => {
			const digits = String(last).padStart(7, '0')
			const groups = ['', '900', digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)]
			const written = trunk + groups.map((group, index) => (index === 0 ? '' : (separators[index - 1] ?? '') + group)).join('')
			const phone = parsePhone(written, 'RU')
			assert.equal(phone, `+7900${digits}`)
			assert.equal(parsePhone(phone, 'US'), phone)
		}),
	)
})

test('no text whatever makes reading a phone throw', () => {
	fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => void parsePhone(text, 'RU')))
})

test('parts of numbers are searched as they are typed and as they stand in E.164', () => {
	assert.deepEqual(phonePartsOf('8 900 12', 'RU'), ['890012', '+790012'])
	assert.deepEqual(phonePartsOf('45-67', 'RU'), ['4567', '+74567'])
	assert.deepEqual(phonePartsOf('+7 900', 'RU'), ['7900', '+7900'])
	assert.deepEqual(phonePartsOf('07400 12', 'GB'), ['0740012', '+44740012'])
	assert.deepEqual(phonePartsOf('(202) 555', 'US'), ['202555', '+1202555'])
	assert.deepEqual(phonePartsOf('900 12', 'XX'), ['90012'])
	assert.deepEqual(phonePartsOf('89', 'RU'), [])
	assert.deepEqual(phonePartsOf('Анна 123', 'RU'), [])
})
