import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readConfig } from '../../platform/config.ts'
import { type Budgets, budgetsOf, isWithin } from './budgets.ts'

const NAMES = ['phone_minute', 'phone_hour', 'phone_day', 'address_hour', 'prefix_hour', 'all_hour'] as const
const count = fc.nat(40)
const usage: fc.Arbitrary<Budgets> = fc.record({
	phone_minute: count,
	phone_hour: count,
	phone_day: count,
	address_hour: count,
	prefix_hour: count,
	all_hour: count,
})

test('a phone gets a code a minute, 3 an hour and 10 a day, an address 30 an hour, a country and all together 10,000', () => {
	assert.deepEqual(budgetsOf(readConfig({})), {
		phone_minute: 1,
		phone_hour: 3,
		phone_day: 10,
		address_hour: 30,
		prefix_hour: 10_000,
		all_hour: 10_000,
	})
})

test('the budgets of an address, a country and all together are settings', () => {
	const budgets = budgetsOf(readConfig({ LOGIN_CODES_PER_HOUR: '7', LOGIN_CODES_PER_ADDRESS_PER_HOUR: '2' }))
	assert.deepEqual([budgets.address_hour, budgets.prefix_hour, budgets.all_hour], [2, 7, 7])
})

test('one more SMS goes out exactly when no budget is used up', () => {
	fc.assert(
		fc.property(usage, usage, (used, budgets) => {
			assert.equal(isWithin(used, budgets), !NAMES.some((name) => used[name] >= budgets[name]))
		}),
	)
})

test('each budget stops the next SMS by itself', () => {
	const budgets = budgetsOf(readConfig({}))
	for (const name of NAMES) {
		const none = { phone_minute: 0, phone_hour: 0, phone_day: 0, address_hour: 0, prefix_hour: 0, all_hour: 0 }
		assert.equal(isWithin({ ...none, [name]: budgets[name] - 1 }, budgets), true, name)
		assert.equal(isWithin({ ...none, [name]: budgets[name] }, budgets), false, name)
	}
})
