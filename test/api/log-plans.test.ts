import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { createTestDatabase } from '../support/database.ts'
import { faultsOf, listenForPlans, type Plan, tellPlans } from '../support/plans.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'

const ROWS = 60_000

const told = listenForPlans()
let shop: TestShop
let manager: StaffMember
before(async () => {
	const { url, sql } = await createTestDatabase()
	await sql.begin(async (tx) => {
		await tx`set local statement_timeout = 0`
		await tx`
			insert into audit_log (at, staff_id, action, subject_type, subject_id, details)
			select now() - make_interval(secs => n * 60), nullif(n % 7, 0), (array['order_status_changed', 'staff_signed_in', 'user_blocked',
				'order_status_changed'])[1 + n % 4], 'order', (n % 9_000)::text, '{"from": "paid"}' from generate_series(1, ${ROWS}) as n`
		await tx`
			insert into dead_letters (direction, topic, partition, "offset", published_at, key, headers, value, bytes, whole, reason, message,
				attempts, state)
			select 'in', 'topic.' || n % 3, 0, n, now(), 'k', '{}', 'v', 1, true, (array['wrong_schema', 'unknown_order', 'failed'])[1 + n / 3 % 3],
				'…', 1, (array['open', 'open', 'replayed', 'dropped'])[1 + n / 9 % 4] from generate_series(1, ${ROWS}) as n`
	})
	await sql`analyze`
	await tellPlans(sql)
	shop = await startTestShop({ DATABASE_URL: url, LOG_LEVEL: 'debug', ROLE: 'api' }, told.logTo)
	manager = await signInStaff(shop, 'manager')
})

/** The plans of both pages of a list. */
async function plansOf(path: string): Promise<Plan[]> {
	told.take()
	const separator = path.includes('?') ? '&' : '?'
	const first = await manager.get(path)
	assert.equal(first.status, 200, first.text)
	const { next_cursor: cursor } = first.body
	if (typeof cursor === 'string') assert.equal((await manager.get(`${path}${separator}cursor=${cursor}`)).status, 200)
	return told.take()
}

const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()

suite('However much was done and has died, neither list reads a table from end to end, nor sorts more than its page:', () => {
	for (const [table, paths] of Object.entries({
		audit_log: [
			'/admin/audit',
			'/admin/audit?staff_id=3',
			'/admin/audit?staff_id=0&action=staff_signed_in',
			'/admin/audit?staff_id=999&action=order_status_changed',
			'/admin/audit?action=user_blocked',
			'/admin/audit?action=user_unblocked',
			'/admin/audit?subject_type=order&subject_id=77',
			'/admin/audit?subject_type=order&subject_id=77&staff_id=3&action=user_blocked',
			`/admin/audit?from=${ago(20)}&to=${ago(19)}`,
			`/admin/audit?staff_id=2&from=${ago(20)}`,
			`/admin/audit?action=user_blocked&to=${ago(30)}`,
		],
		dead_letters: [
			'/admin/dead-letters',
			'/admin/dead-letters?state=open',
			'/admin/dead-letters?topic=topic.2',
			'/admin/dead-letters?topic=none',
			'/admin/dead-letters?reason=failed&state=dropped',
			'/admin/dead-letters?topic=topic.1&reason=unknown_order',
			'/admin/dead-letters?topic=topic.1&reason=null_key&state=replayed',
			'/admin/dead-letters/counts',
			'/admin/dead-letters/77',
		],
	})) {
		for (const path of paths) {
			test(path, async () => {
				const plans = await plansOf(path)
				assert.ok(plans.some(({ 'Query Text': text }) => text.includes(table)))
				assert.deepEqual(plans.flatMap(faultsOf), [])
			})
		}
	}

	test('this is noticed when an index is missing', async () => {
		await shop.sql`drop index audit_log_by_subject`
		const plans = await plansOf('/admin/audit?subject_type=order&subject_id=none')
		assert.notDeepEqual(plans.flatMap(faultsOf), [])
	})
})
