import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { eventually } from '../support/eventually.ts'
import { type Person, registerPeople } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff } from '../support/staff.ts'

/** A shop with the PostgreSQL that it starts itself, whose log is a file beside the data. */
let shop: TestShop
let anna: Person
let boris: Person
before(async () => {
	shop = await startTestShop({ DATABASE_URL: '' })
	const [first, second] = await registerPeople(shop, 2)
	assert.ok(first && second)
	anna = first
	boris = second
})

const REFUSED = 'duplicate key value violates unique constraint "customers_phone_key"'

suite('The log of the service’s own PostgreSQL', () => {
	/** The log as soon as it tells of so many phones that were refused. */
	const logWith = (refusals: number) =>
		eventually(async () => {
			const log = await readFile(join(shop.settings['DATA_DIR'] ?? '', 'postgres.log'), 'utf8')
			assert.equal(log.split(REFUSED).length - 1, refusals, log)
			return log
		})
	const holdsNoPhone = (log: string) => {
		for (const { phone } of [anna, boris]) assert.ok(!log.includes(phone.slice(1)), log)
	}

	test('does not keep the phone that the staff gave to somebody and another one has', async () => {
		const manager = await signInStaff(shop, 'manager')
		const { status, body } = await manager.patch(`/admin/users/${anna.id}`, {
			body: { phone: boris.phone },
			headers: { 'if-match': '"1"' },
		})
		assert.deepEqual([status, body.code], [409, 'phone_taken'])
		holdsNoPhone(await logWith(1))
	})

	test('does not keep what somebody typed into a statement by hand', async () => {
		const byHand = shop.sql.unsafe(`update customers set phone = '${boris.phone}' where id = ${anna.id}`)
		await assert.rejects(byHand, { message: REFUSED })
		holdsNoPhone(await logWith(2))
	})
})
