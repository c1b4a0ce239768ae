import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isKey, newKey, requireScopes } from './api-key.ts'

test('a key shows what it is', () => {
	const key = newKey()
	assert.match(key, /^prk_[A-Za-z0-9_-]{43}$/)
	assert.ok(isKey(key))
	assert.equal(isKey(key.slice(1)), false)
})

test('a key is good for scopes that there are, each named once', () => {
	assert.deepEqual(requireScopes(['orders:status', 'reports', 'reports']), ['reports', 'orders:status'])
	assert.throws(() => requireScopes(['reports', 'orders']), /no scope orders: a key takes reports, orders:status/)
	assert.throws(() => requireScopes([]), /at least one scope/)
})
