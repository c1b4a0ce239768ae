import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { hashCode, hashPhone, newCode, newSalt } from './login-code.ts'

const secret = randomBytes(32)
const phone = '+79001234567'

test('a code is six digits, also those that begin with zeros', () => {
	const codes = Array.from({ length: 2_000 }, newCode)
	assert.ok(codes.every((code) => /^\d{6}$/.test(code)))
	assert.ok(codes.some((code) => code.startsWith('0')))
	assert.ok(new Set(codes).size > 1_900)
})

test('the hash of a code depends on the code, the phone, the salt and the key', async () => {
	const salt = newSalt()
	const guess = { phone, code: '012345', salt }
	const hash = await hashCode(secret, guess)
	assert.deepEqual(await hashCode(secret, guess), hash)
	for (const other of [
		hashCode(secret, { ...guess, code: '012346' }),
		hashCode(secret, { ...guess, phone: '+79001234568' }),
		hashCode(secret, { ...guess, salt: newSalt() }),
		hashCode(randomBytes(32), guess),
	]) {
		assert.notDeepEqual(await other, hash)
	}
})

test('a phone is known by a keyed hash that says nothing without the key', () => {
	assert.equal(hashPhone(secret, phone).length, 32)
	assert.deepEqual(hashPhone(secret, phone), hashPhone(secret, phone))
	assert.notDeepEqual(hashPhone(randomBytes(32), phone), hashPhone(secret, phone))
	assert.notDeepEqual(hashPhone(secret, '+79001234568'), hashPhone(secret, phone))
})
