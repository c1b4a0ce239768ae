import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { newTotpSecret, totpStep, totpUri } from './totp.ts'

/** RFC 6238, appendix B, in its six digits. */
const RFC_SECRET = Secret.fromLatin1('12345678901234567890').base32
const at = (seconds: number) => new Date(seconds * 1_000)
const codeAt = (secret: string, seconds: number) =>
	TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: seconds * 1_000 })

test('codes are those of RFC 6238', () => {
	for (const [seconds, code] of [
		[59, '287082'],
		[1_111_111_109, '081804'],
		[1_234_567_890, '005924'],
		[20_000_000_000, '353130'],
	] as const) {
		assert.equal(totpStep(RFC_SECRET, code, at(seconds)), Math.floor(seconds / 30))
	}
})

test('a code is good in its step and in the one before and after it, and each time counts as its own step', () => {
	const secret = newTotpSecret()
	const step = 58_000_000
	const code = codeAt(secret, step * 30)
	for (const seconds of [step * 30 - 30, step * 30, step * 30 + 29, step * 30 + 59]) {
		assert.equal(totpStep(secret, code, at(seconds)), step)
	}
	assert.equal(totpStep(secret, code, at(step * 30 - 31)), undefined)
	assert.equal(totpStep(secret, code, at(step * 30 + 60)), undefined)
})

test('a code may be typed in two groups, as apps show it', () => {
	assert.equal(totpStep(RFC_SECRET, '287 082', at(59)), 1)
})

test('what is no six digits is no code', () => {
	for (const code of ['', '28708', '2870820', '28708x', '２８７０８２', 'йцукен']) {
		assert.equal(totpStep(RFC_SECRET, code, at(59)), undefined)
	}
})

test('the URI tells an app the shop, the person and the secret', () => {
	const secret = newTotpSecret()
	assert.match(secret, /^[A-Z2-7]{32}$/)
	const uri = new URL(totpUri({ issuer: 'Прилавок', email: 'anna@shop.example', secret }))
	assert.equal(uri.protocol, 'otpauth:')
	assert.equal(uri.host, 'totp')
	assert.equal(decodeURIComponent(uri.pathname), '/Прилавок:anna@shop.example')
	assert.equal(uri.searchParams.get('secret'), secret)
	assert.equal(uri.searchParams.get('issuer'), 'Прилавок')
})
