import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-code.ts'

test('recovery codes are ten, different, and in groups of letters and digits that look like no others', () => {
	const codes = newRecoveryCodes()
	assert.equal(new Set(codes).size, 10)
	for (const code of codes) assert.match(code, /^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/)
})

test('a recovery code is the same however it is typed', () => {
	const hash = hashRecoveryCode('x40k-2m1d-0v7q-hs3e')
	for (const typed of [
		'X40K-2M1D-0V7Q-HS3E',
		'x40k2m1d0v7qhs3e',
		' x40k 2m1d 0v7q hs3e ',
		'x4Ok-2mId-ov7q-hs3e',
		'x40k-2mld-0v7q-hs3e',
	]) {
		assert.deepEqual(hashRecoveryCode(typed), hash)
	}
	assert.notDeepEqual(hashRecoveryCode('x40k-2m1d-0v7q-hs3f'), hash)
})
