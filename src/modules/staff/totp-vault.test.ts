import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import { createTotpVault, isSealed } from './totp-vault.ts'

const vault = createTotpVault({ secret: randomBytes(32) })
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

suite('A sealed secret', () => {
	test('is opened for whom it was sealed, and looks different each time', () => {
		const [one, two] = [vault.seal(7, SECRET), vault.seal(7, SECRET)]
		assert.notEqual(one, two)
		for (const sealed of [one, two]) {
			assert.ok(isSealed(sealed) && !sealed.includes(SECRET))
			assert.equal(vault.open(7, sealed), SECRET)
		}
	})

	test('is not opened for somebody else, nor with another key', () => {
		const sealed = vault.seal(7, SECRET)
		assert.equal(vault.open(8, sealed), undefined)
		assert.equal(createTotpVault({ secret: randomBytes(32) }).open(7, sealed), undefined)
	})

	test('is not opened when a bit of it was changed, or it was cut', () => {
		const sealed = vault.seal(7, SECRET)
		const bytes = Buffer.from(sealed.slice(3), 'base64url')
		for (let index = 0; index < bytes.length; index++) {
			const changed = Buffer.from(bytes)
			changed.writeUInt8(changed.readUInt8(index) ^ 1, index)
			assert.equal(vault.open(7, `v1.${changed.toString('base64url')}`), undefined, `byte ${index}`)
			assert.equal(vault.open(7, `v1.${bytes.subarray(0, index).toString('base64url')}`), undefined, `${index} bytes`)
		}
	})

	test('is told from one that was never sealed, which is given as it is', () => {
		assert.ok(!isSealed(SECRET))
		assert.equal(vault.open(7, SECRET), SECRET)
	})
})
