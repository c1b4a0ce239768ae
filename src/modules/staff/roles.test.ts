import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STAFF_ROLES } from '../../platform/http/policy.ts'
import { isAtLeast, isStaffRole } from './roles.ts'

test('each role may do what the roles below it may, and no more', () => {
	assert.deepEqual(STAFF_ROLES, ['viewer', 'operator', 'manager', 'owner'])
	const allowed = STAFF_ROLES.map((role) => STAFF_ROLES.filter((needed) => isAtLeast(role, needed)))
	assert.deepEqual(allowed, [
		['viewer'],
		['viewer', 'operator'],
		['viewer', 'operator', 'manager'],
		['viewer', 'operator', 'manager', 'owner'],
	])
})

test('what is not one of the four roles is no role', () => {
	assert.ok(isStaffRole('manager'))
	for (const text of ['admin', 'Owner', '', 'toString']) assert.equal(isStaffRole(text), false)
})
