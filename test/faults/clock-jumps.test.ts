import assert from 'node:assert/strict'
import { randomInt, randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Book } from '../support/book.ts'
import { createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { type Watcher, watch } from '../support/event-stream.ts'
import { createFakedClock, whyNoFakedClock } from '../support/faked-clock.ts'
import { newInstance } from '../support/instance.ts'
import { assertNothingIsLost, underLoad } from '../support/load.ts'
import { type Person, PICKUP, registerPerson } from '../support/people.ts'
import { outputOf, startProcess } from '../support/process.ts'
import { makeReport } from '../support/reports.ts'
import { createChance } from '../support/sample.ts'
import { askForCode, letTimePass } from '../support/sign-in.ts'
import { serviceWithKey, signInStaff } from '../support/staff.ts'
import { type Settings, startTestShop, type TestShop } from '../support/shop.ts'
import { assertTimesAreOfNow } from '../support/times.ts'

const HOUR_S = 60 * 60
const DAY_S = 24 * HOUR_S
const JUMPS_S = [HOUR_S, -HOUR_S, 400 * DAY_S, 0]
/** What is asked of a busy machine takes its time: a clock that is right is off by less, one that has jumped by more. */
const NEAR_MS = 10 * 60_000
const DONE_WITHIN_MS = 30_000
/** People order under each clock for so long at most before anybody looks. */
const PAUSE_MAX_MS = 1_500
const SESSION_S = 30 * DAY_S

const isNear = (moment: string, ms = Date.now()) =>
	assert.ok(Math.abs(Date.parse(moment) - ms) < NEAR_MS, `${moment} is not ${new Date(ms).toISOString()}`)

type Shops = {
	/** Beside the process whose clock jumps: asks the database, reads topics. */
	readonly shop: TestShop
	/** The same shop, asked by way of that process. */
	readonly jumping: TestShop
}

/** Waits until the process has the clock that it was given. */
const clockIsOffBy = ({ guest }: TestShop, offsetS: number) =>
	eventually(async () => {
		const { headers } = await guest.get('//health/live')
		isNear(headers.get('date') ?? '', Date.now() + offsetS * 1_000)
	}, DONE_WITHIN_MS)

/** Codes, sessions and cookies are good as long as they are told to be, and no longer. */
async function signsPeopleIn({ shop, jumping }: Shops): Promise<void> {
	const person = await registerPerson(jumping)
	const code = await askForCode(jumping, person.phone)
	const { status, headers, body, text } = await jumping.guest.post('/sessions', { body: { phone: person.phone, code } })
	assert.equal(status, 201, text)
	isNear(body.expires_at, Date.now() + SESSION_S * 1_000)
	// Not a moment: browsers would count it from our wrong one.
	assert.match(headers.get('set-cookie') ?? '', new RegExp(`; Max-Age=${SESSION_S}$`))
	const again = jumping.guest.as(body.token)
	assert.equal((await again.get('/me')).status, 200)

	const late = await askForCode(jumping, person.phone)
	await letTimePass(shop, person.phone, '5 minutes')
	const refused = await jumping.guest.post('/sessions', { body: { phone: person.phone, code: late } })
	assert.deepEqual([refused.status, refused.body.code], [401, 'code_wrong'])

	const expireIn = (interval: string) =>
		shop.sql`update sessions set expires_at = now() + ${interval}::interval where customer_id = ${person.id}`
	await expireIn('10 minutes')
	assert.equal((await again.get('/me')).status, 200)
	await expireIn('-1 second')
	assert.equal((await again.get('/me')).status, 401)
}

type Follower = { readonly person: Person; readonly watcher: Watcher; readonly book: Book }

const place = async (person: Person, key: string) =>
	person.post('/orders', { headers: { 'idempotency-key': key }, body: { phone: person.phone, delivery: PICKUP } })

/** An order has the database's time, its events go out at once, and a stream that is open tells of it. */
async function takesOrders({ shop }: Shops, { person, watcher, book }: Follower): Promise<void> {
	const key = randomUUID()
	await person.put('/cart/items/2', { body: { quantity: 1 } })
	const { status, body: order, text } = await place(person, key)
	assert.equal(status, 201, text)
	isNear(order.created_at)
	assert.equal((await person.post(`/orders/${order.id}/cancel`)).status, 200)
	// Not before it is over: operators move whatever stands there.
	book.acked.set(key, { id: order.id, total: order.total })
	const { headers } = await shop.topics.find(
		'orders',
		(message) => message.key === order.id && message.headers['ce_type'] === 'order.status_changed',
	)
	isNear(headers['ce_time'] ?? '')
	await eventually(async () => assert.ok(watcher.told.some(({ data }) => data.order_id === order.id)), DONE_WITHIN_MS)
}

/** The staff's one-time codes, which are made of the time, and reports, whose periods are. */
async function servesOthers({ jumping }: Shops): Promise<void> {
	const manager = await signInStaff(jumping, 'manager')
	const exported = await manager.get('/admin/orders/export?time_zone=UTC')
	assert.equal(exported.status, 200, exported.text)
	const [, day = ''] = /orders-([\d-]+)\.csv/.exec(exported.headers.get('content-disposition') ?? '') ?? []
	assert.ok(Math.abs(Date.parse(day) - Date.now()) <= DAY_S * 1_000 + NEAR_MS, day)
	const { report } = await makeReport(jumping, await serviceWithKey(jumping, 'reports'))
	for (const moment of [report.requested_at, report.completed_at]) isNear(moment)
}

/** What nobody can read is put aside, with the time. */
async function putsPoisonAside({ shop }: Shops): Promise<void> {
	const key = randomUUID()
	await shop.topics.publish('products', { key, value: Buffer.from('{') })
	const { headers } = await shop.topics.find('products.dlq', (letter) => letter.key === key)
	isNear(headers['x-dlq-at'] ?? '')
}

/** A worker that starts under this clock cleans up at once: it drops what is old by the database's clock, and nothing else. */
async function cleansUpWhatIsOld({ sql, settings }: TestShop, clock: Settings): Promise<void> {
	const young = async () => {
		const rows = await sql<{ id: string }[]>`
			select id::text from sessions where expires_at > now()
			union all select event_id from inbox
			union all select topic || "offset" from topic_messages join topics on name = topic where not compacted
			union all select id::text from dead_letters
			union all select encode(phone_hash, 'hex') || sent_at from login_code_sends where sent_at > now() - interval '23 hours'
			union all select id || status from reports`
		return new Set(rows.map(({ id }) => id))
	}
	const old = () => sql`
		select from login_failures where failed_at < now() - interval '1 day'
		union all select from inbox where consumer = 'old'`
	const before = await young()
	await sql`insert into login_failures (phone_hash, failed_at) values ('', now() - interval '25 hours')`
	await sql`insert into inbox (consumer, event_id, received_at) values ('old', 'old', now() - interval '70 days')`
	const worker = startProcess({ ...settings, ROLE: 'worker', LOG_LEVEL: 'info', ...clock })
	await outputOf(worker, /"msg":"ready"/)
	await eventually(async () => assert.equal((await old()).count, 0), DONE_WITHIN_MS)
	const after = await young()
	assert.deepEqual(
		[...before].filter((id) => !after.has(id)),
		[],
	)
	assert.ok(before.size > 0)
	worker.child.kill('SIGTERM')
	assert.equal(await worker.ended, 0, worker.output())
}

suite('A process whose clock jumps by an hour, back, and by 400 days while people order', { skip: whyNoFakedClock() }, () => {
	test('goes by the database’s clock: nothing expires early or late, timers go on, and nothing is lost or doubled', async (t) => {
		const seed = randomInt(2 ** 31)
		t.diagnostic(`seed ${seed}`)
		const since = new Date()
		const clock = await createFakedClock()
		const shop = await startTestShop({ ROLE: 'api' })
		const instance = await newInstance({ ...shop.settings, ROLE: 'all', LOG_LEVEL: 'warn', ...clock.settings })
		const program = instance.start()
		await instance.serves()
		const jumping = { ...shop, url: instance.url, guest: createClient(instance.url) }
		const shops = { shop, jumping }
		const chance = createChance(seed)
		const tookMs: number[] = []
		const key = randomUUID()
		const book = await underLoad({ shop, url: jumping.url, seed, shoppers: 3 }, async (book) => {
			const person = await registerPerson(jumping)
			const watcher = watch(`${jumping.url}/v1/me/events`, { token: person.token })
			await watcher.waitOpen()
			await person.put('/cart/items/3', { body: { quantity: 1 } })
			const { body: first } = await place(person, key)
			book.acked.set(key, { id: first.id, total: first.total })
			for (const offsetS of JUMPS_S) {
				await clock.jumpTo(offsetS)
				await clockIsOffBy(jumping, offsetS)
				await sleep(chance.below(PAUSE_MAX_MS))
				const startedAt = performance.now()
				const replayed = await place(person, key)
				assert.deepEqual([replayed.status, replayed.body.id], [201, first.id])
				await takesOrders(shops, { person, watcher, book })
				await signsPeopleIn(shops)
				await servesOthers(shops)
				await putsPoisonAside(shops)
				await cleansUpWhatIsOld(shop, clock.settings)
				tookMs.push(Math.round(performance.now() - startedAt))
			}
			assert.deepEqual([watcher.opened(), watcher.errors], [1, []], 'the stream was never cut')
		})
		t.diagnostic(`the clock was off by ${JUMPS_S.join(', ')} s; all that was tried then took ${tookMs.join(', ')} ms`)
		t.diagnostic(await assertNothingIsLost(shop, book))
		t.diagnostic(await assertTimesAreOfNow(shop, since))
		await instance.stop()
		assert.doesNotMatch(program.output(), /"level":"(error|fatal)"/)
	})
})
