import assert from 'node:assert/strict'
import { randomInt, randomUUID } from 'node:crypto'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Book, type Placed, type Seen, writtenIn } from '../support/book.ts'
import { type Client, createClient } from '../support/client.ts'
import { historyOf, watch } from '../support/event-stream.ts'
import { eventually, insistently } from '../support/eventually.ts'
import { assertSeen, followOrders } from '../support/follow-orders.ts'
import { assertNothingIsLost, underLoad } from '../support/load.ts'
import { type Person, PICKUP, registerPerson } from '../support/people.ts'
import { outputOf, startProcess } from '../support/process.ts'
import { startProxy, type TcpProxy } from '../support/proxy.ts'
import { type Replicated, type Server, startReplicated } from '../support/replicated.ts'
import { createChance } from '../support/sample.ts'
import { PRODUCTS } from '../support/shoppers.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { serviceWithKey } from '../support/staff.ts'

const LOSSES = 2
/** How long people order before the primary is lost. */
const LIFE_MS = 3_000
/** How long the address leads to nobody, at the most. */
const AWAY_MAX_MS = 2_000
/** How long it leads to the standby while that only lets itself be read. */
const READ_ONLY_MS = 4_000
/** A connection that was lost is made anew, and whoever lost it asks again. */
const SETTLED_MS = 1_500
/** What R6 promises. */
const WRITE_GAP_MAX_MS = 30_000
const BACK_WITHIN_MS = 60_000
/** A change is seen within a second; a busy machine tells of it later. */
const SHOWN_WITHIN_MS = 5_000
const LOOK_PAUSE_MS = 20

/** A guest who looks at one product after the other, and at the list, until the book is closed: what they were answered. */
async function browse(client: Client, book: Book): Promise<Seen[]> {
	const seen: Seen[] = []
	for (let turn = 0; !book.over; turn++, await sleep(LOOK_PAUSE_MS)) {
		const id = turn % (PRODUCTS + 1)
		const at = performance.now()
		const path = id === 0 ? '/products' : `/products/${id}`
		const { status } = await client.get(path)
		seen.push({ at, ms: performance.now() - at, method: 'GET', path, status })
	}
	return seen
}

/** How many listen for signals, who have asked to since the server takes changes (a standby refuses it), and how many tasks have a leader. */
async function linksTo({ sql }: Server, since = new Date(0)): Promise<{ listening: number; leading: number }> {
	const [row] = await sql<[{ listening: number; leading: number }]>`
		select (select count(*) from pg_stat_activity where query like 'listen %' and query_start > ${since}) as listening,
			(select count(*) from pg_locks where locktype = 'advisory' and granted) as leading`
	return row
}

/** The longest time from then on in which nobody's change went through: of those who order and work, as they see it. */
function writeGapSince(moment: number, book: Book): number {
	const ends = writtenIn(book)
		.map(({ at, ms }) => at + ms)
		.filter((end) => end > moment)
	const gaps = [...ends, performance.now()]
		.sort((one, other) => one - other)
		.map((end, index, all) => end - (all[index - 1] ?? moment))
	return Math.round(Math.max(...gaps))
}

type Place = {
	readonly servers: Replicated
	readonly address: TcpProxy
	readonly shop: TestShop
	/** A customer of the API that people ask. */
	readonly anna: Person
	readonly inventory: Client
	readonly guest: Client
}

/** What the service can do while the address leads to a server that only lets itself be read. */
async function assertReadsGoOn({ anna, guest }: Place, loss: number): Promise<void> {
	const fresh = await insistently(() => guest.get(`/products?limit=${20 + loss}`))
	assert.equal(fresh.status, 200, `a page that nobody has asked for before: ${fresh.text}`)
	for (const path of ['/me', '/cart', '/orders']) {
		const { status, text } = await insistently(() => anna.get(path))
		assert.equal(status, 200, `${path}: ${text}`)
	}
	assert.equal((await insistently(() => guest.get('//health/ready'))).status, 200, 'a balancer goes on sending guests')
	const refused = await anna.put('/cart/items/1', { body: { quantity: 1 } })
	assert.deepEqual([refused.status, refused.body.code], [503, 'unavailable'])
	assert.match(refused.headers.get('retry-after') ?? '', /^[1-9]/)
}

type Loss = { readonly number: number; readonly awayMs: number; readonly book: Book }

/** An order of Anna's that nobody of those who order and work meanwhile knows of. Returns its key, too. */
async function orderOf(anna: Person): Promise<[key: string, Placed]> {
	const key = randomUUID()
	const body = { phone: anna.phone, delivery: PICKUP }
	await insistently(() => anna.put('/cart/items/2', { body: { quantity: 1 } }))
	const placed = await insistently(() => anna.post('/orders', { headers: { 'idempotency-key': key }, body }))
	assert.equal(placed.status, 201, placed.text)
	return [key, { id: placed.body.id, total: placed.body.total }]
}

/** Loses the primary while an order of Anna's is on its way, and goes on with a standby. Returns her order and what to tell. */
async function losePrimary(
	place: Place,
	{ number, awayMs, book }: Loss,
): Promise<{ ordered: [key: string, Placed]; told: string }> {
	const { servers, address, anna, inventory } = place
	const ordered = await orderOf(anna)
	const { id } = ordered[1]
	const move = async (status: string) => {
		const answer = await inventory.post(`/orders/${id}/status`, { body: { event_id: `${id} ${status}`, status } })
		assert.equal(answer.status, 200, answer.text)
	}
	const lost = servers.primary()
	const links = await linksTo(lost)
	// The loss follows on the answer, before anybody has looked for what was committed.
	await move('assembling')
	const lostAt = performance.now()
	await lost.kill()
	await sleep(awayMs)
	const next = await servers.furthest()
	address.leadTo(next.url)
	await sleep(SETTLED_MS)
	await assertReadsGoOn(place, number)
	await sleep(READ_ONLY_MS - SETTLED_MS)
	const promotedAt = performance.now()
	// Whoever is refused from now on asks again later.
	const [{ now }] = await next.sql<[{ now: Date }]>`select now()`
	await servers.promote(next)
	await eventually(() => move('ready'), BACK_WITHIN_MS)
	await eventually(() => move('received'), BACK_WITHIN_MS)
	const backMs = Math.round(performance.now() - promotedAt)
	await eventually(async () => assert.deepEqual(await linksTo(next, now), links), BACK_WITHIN_MS)
	const heardMs = Math.round(performance.now() - promotedAt)
	await servers.addStandby()
	const gapMs = writeGapSince(lostAt, book)
	const told =
		`away for ${awayMs} ms, then only to be read for ${Math.round(promotedAt - lostAt - awayMs)} ms: nothing was written for ${gapMs} ms; ` +
		`an order went on ${backMs} ms after the promotion, everybody listened and led ${heardMs} ms after it`
	assert.ok(gapMs < WRITE_GAP_MAX_MS, told)
	return { ordered, told }
}

suite('A primary that is lost twice while people order', () => {
	test('is followed by a standby: nothing is lost, nothing doubled, and products are shown all the time', async (t) => {
		const seed = randomInt(2 ** 31)
		t.diagnostic(`seed ${seed}`)
		const chance = createChance(seed)
		const servers = await startReplicated(2)
		const address = await startProxy(servers.primary().url)
		const shop = await startTestShop({ DATABASE_URL: address.url, ROLE: 'api' })
		const start = async (role: string) => {
			const program = startProcess({ ...shop.settings, ROLE: role, LOG_LEVEL: 'info' })
			return { ...program, ready: await outputOf(program, /"url":"([^"]+)".*"msg":"ready"|"msg":"ready"/) }
		}
		const [api, worker] = [await start('api'), await start('worker')]
		const url = api.ready[1] ?? ''
		const registered = await registerPerson(shop)
		const anna: Person = { ...registered, ...createClient(url, registered.token) }
		const inventory = await serviceWithKey(shop, 'orders:status')
		const place: Place = { servers, address, shop, anna, inventory, guest: createClient(url) }
		const warehouse = followOrders(shop)
		const watcher = watch(`${url}/v1/me/events`, { token: anna.token, lastEventId: '0' })
		const orders = new Map<string, Placed>()
		let looking: Promise<Seen[]> | undefined
		const book = await underLoad({ shop, url, seed }, async (book) => {
			looking = browse(place.guest, book)
			for (let number = 1; number <= LOSSES; number++) {
				await sleep(LIFE_MS)
				// The first time the address moves at once, before anybody has looked whether anything has changed.
				const awayMs = number === 1 ? 0 : chance.below(AWAY_MAX_MS)
				const { ordered, told } = await losePrimary(place, { number, awayMs, book })
				orders.set(...ordered)
				t.diagnostic(told)
			}
			await sleep(LIFE_MS)
		})
		for (const [key, placed] of orders) book.acked.set(key, placed)
		t.diagnostic(await assertNothingIsLost(shop, book))
		t.diagnostic(await assertSeen(shop, warehouse))
		const looked = (await looking) ?? []
		await assertShown(place, looked)
		t.diagnostic(`${looked.length} looks at products, the longest took ${Math.round(Math.max(...looked.map(({ ms }) => ms)))} ms`)
		await assertTold(anna, orders.values(), watcher.told)
		// Only in words: the API itself was there all the time.
		assert.deepEqual(
			book.seen.filter(({ status }) => status === 0),
			[],
		)
		watcher.close()
		await warehouse.close()
		for (const { child, ended, output } of [api, worker]) {
			child.kill('SIGTERM')
			assert.equal(await ended, 0, output())
		}
	})
})

/** Whoever looked at a product saw it, and now sees it as it is. */
async function assertShown({ guest, shop }: Place, looked: readonly Seen[]): Promise<void> {
	assert.ok(looked.length > 0)
	assert.deepEqual(
		looked.filter(({ status }) => status !== 200),
		[],
	)
	const products = await shop.sql<{ id: number; price: number }[]>`select id, price from products order by id`
	await eventually(async () => {
		const shown = await Promise.all(products.map(async ({ id }) => (await guest.get(`/products/${id}`)).body.price))
		assert.deepEqual(
			shown,
			products.map(({ price }) => price),
		)
	}, SHOWN_WITHIN_MS)
}

/** Whoever follows their orders was told each step once. Who follows all orders is not told of the placing. */
async function assertTold(anna: Person, orders: Iterable<Placed>, told: ReturnType<typeof watch>['told']): Promise<void> {
	for (const { id } of orders) {
		const { body: order } = await anna.get(`/orders/${id}`)
		const history = historyOf(order).slice(1)
		assert.equal(history.length, 3)
		await eventually(async () =>
			assert.deepEqual(
				told.filter(({ data }) => data.order_id === id).map(({ data }) => [data.version, data.status]),
				history,
			),
		)
	}
}
