import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../platform/http/problem.ts'
import { hashOfNobody, hashPassword, requirePassword, verifyPassword } from './password.ts'

const password = 'правильная лошадь'

test('a password is kept as argon2id with its cost and a salt of its own', async () => {
	const hashes = await Promise.all([hashPassword(password), hashPassword(password)])
	for (const hash of hashes) assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
	assert.notEqual(hashes[0], hashes[1])
})

test('the password fits its hash, and no other does', async () => {
	const hash = await hashPassword(password)
	assert.equal(await verifyPassword(password, hash), true)
	assert.equal(await verifyPassword(`${password} `, hash), false)
	assert.equal(await verifyPassword('', hash), false)
	assert.equal(await verifyPassword(password, hashOfNobody()), false)
})

test('й typed as one character or as two is the same password', async () => {
	const hash = await hashPassword('зелёный чайник'.normalize('NFC'))
	assert.equal(await verifyPassword('зелёный чайник'.normalize('NFD'), hash), true)
})

test('a hash that was made at another cost is verified at that cost', async () => {
	// As the reference implementation makes it: `echo -n 'correct horse battery' | argon2 somesaltsomesalt -id -t 3 -k 1024 -p 2 -l 32 -e`
	const stored = '$argon2id$v=19$m=1024,t=3,p=2$c29tZXNhbHRzb21lc2FsdA$zeSGDBguZHMZVk4AjnRwed5gcx3lcA/5/pXdLVaatQI'
	assert.equal(await verifyPassword('correct horse battery', stored), true)
	assert.equal(await verifyPassword('correct horse batterz', stored), false)
})

test('a stored hash of another kind is an error, not a wrong password', async () => {
	await assert.rejects(verifyPassword(password, '$2b$12$abcdefghijklmnopqrstuv'), /PHC format/)
})

test('a password may not hold the part of the email before the @, in any case of its letters', () => {
	const refused = (error: unknown) => {
		assert.ok(error instanceof Problem)
		assert.equal(error.code, 'validation_failed')
		assert.partialDeepStrictEqual(error.details, { errors: [{ in: 'body', pointer: '/password' }] })
		return true
	}
	assert.throws(() => requirePassword('my-Anna.Petrova-2026', 'anna.petrova@shop.example'), refused)
	assert.throws(() => requirePassword('anna.petrova', 'ANNA.PETROVA@shop.example'), refused)
	requirePassword('shop.example and more', 'anna.petrova@shop.example')
	requirePassword('a name of two letters stands in many words', 'an@shop.example')
})
