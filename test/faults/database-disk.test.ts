import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { findEmbeddedPostgres } from '../../src/platform/db/embedded/embedded.ts'
import { type Answer, type Client, createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { assertInvariants } from '../support/invariants.ts'
import { type Person, PICKUP, putProducts, registerPeople } from '../support/people.ts'
import { type ServiceProcess, startProcess, urlOf } from '../support/process.ts'
import { mountSmallDisk, type SmallDisk, whyNoSmallDisk } from '../support/small-disk.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

const skip = whyNoSmallDisk()
/** What a new PostgreSQL fits in, and its first segments of WAL, 16 MB each. */
const DATA_MB = 128
const WAL_MB = 80
const SEGMENT_MB = 16
const BUYERS = 4
/** So many answers of a kind are enough to have seen it. */
const ENOUGH = 20
/** How long the disk stays full after that. */
const FULL_MS = 3_000
/** PostgreSQL is started again each half second, and replays what it has written. */
const BACK_WITHIN_MS = 60_000
const RETRY_MS = 50

type Place = {
	readonly service: ServiceProcess
	readonly url: string
	readonly shop: TestShop
	readonly data: SmallDisk
	readonly wal: SmallDisk
}

/** The program with a PostgreSQL of its own, whose data and WAL lie on a small disk each; and a shop to look into it. */
async function startOnSmallDisks(): Promise<Place> {
	const [data, wal] = [mountSmallDisk(DATA_MB), mountSmallDisk(WAL_MB)]
	const settings = { DATA_DIR: data.folder, PORT: '0', LOG_LEVEL: 'warn' }
	const first = startProcess(settings)
	await urlOf(first)
	first.child.kill('SIGTERM')
	assert.equal(await first.ended, 0)
	const [from, to] = [join(data.folder, 'postgres', 'pg_wal'), join(wal.folder, 'pg_wal')]
	assert.equal(spawnSync('cp', ['-a', from, to]).status, 0)
	await rm(from, { recursive: true })
	await symlink(to, from)

	const service = startProcess(settings)
	const url = await urlOf(service)
	const DATABASE_URL = await findEmbeddedPostgres(data.folder)
	assert.ok(DATABASE_URL)
	return { service, url, data, wal, shop: await startTestShop({ DATABASE_URL, ROLE: 'api' }) }
}

type Buying = { readonly acked: Map<string, string>; refused: number; over: boolean }

/** An answer that may only be the one that is wanted, or "not now" with the time to come again. */
function isDone({ status, headers, text }: Answer, wanted: number, buying: Buying): boolean {
	if (status === wanted) return true
	assert.equal(status, 503, text)
	assert.match(headers.get('retry-after') ?? '', /^[1-9]/)
	buying.refused++
	return false
}

async function insist(ask: () => Promise<Answer>, wanted: number, buying: Buying): Promise<Answer> {
	for (;;) {
		const answer = await ask()
		if (isDone(answer, wanted, buying)) return answer
		await sleep(RETRY_MS)
	}
}

/** Buys and buys, each order under a key of its own, which is asked with until it is placed. */
async function buy(person: Person, client: Client, buying: Buying): Promise<void> {
	while (!buying.over) {
		const key = randomUUID()
		await insist(() => client.put('/cart/items/1', { body: { quantity: 1 } }), 200, buying)
		const wish = { headers: { 'idempotency-key': key }, body: { phone: person.phone, delivery: PICKUP } }
		const { body } = await insist(() => client.post('/orders', wish), 201, buying)
		buying.acked.set(key, body.id)
	}
}

const grown = (count: () => number, by = ENOUGH): Promise<void> => {
	const from = count()
	return eventually(async () => assert.ok(count() >= from + by, `${count() - from} of ${by}`), BACK_WITHIN_MS)
}

/** What must hold however the disk is filled: `fill` does it, and may have the database write. */
async function assertNothingIsLost(
	place: Place,
	{ full, fill }: { full: SmallDisk; fill: () => Promise<void> },
): Promise<string> {
	const { shop, url, service } = place
	await putProducts(shop, { id: 1 })
	const people = await registerPeople(shop, BUYERS)
	const buying: Buying = { acked: new Map(), refused: 0, over: false }
	const all = Promise.all(people.map((person) => buy(person, createClient(url, person.token), buying)))
	const filling = async () => {
		await grown(() => buying.acked.size)
		full.fill(0)
		await fill()
		await grown(() => buying.refused)
		await sleep(FULL_MS)
		assert.equal((await createClient(url).get('//health/live')).status, 200)
		full.makeRoom()
		await grown(() => buying.acked.size)
	}
	await Promise.race([filling(), all])
	buying.over = true
	await all
	const rows = await shop.sql<{ id: string; idempotency_key: string }[]>`select id, idempotency_key from orders`
	assert.deepEqual(
		new Map(rows.map((row) => [row.idempotency_key, row.id])),
		buying.acked,
		'each order that was acknowledged, once',
	)
	assert.equal(rows.length, buying.acked.size)
	await assertInvariants(shop)
	await shop.close()
	service.child.kill('SIGTERM')
	assert.equal(await service.ended, 0)
	return `${buying.acked.size} orders were acknowledged and are there, ${buying.refused} times it was told to come again`
}

suite('A PostgreSQL whose disk is full', { skip }, () => {
	test('for its WAL ends, and comes back by itself when there is room: nothing is lost, nothing doubled', async (t) => {
		const place = await startOnSmallDisks()
		const { wal, shop, service } = place
		const fill = async () => {
			for (let written = 0; written < SEGMENT_MB * 2; written++)
				await shop.sql`select pg_logical_emit_message(false, 'fill', repeat('x', 1000000))`.catch(() => undefined)
		}
		t.diagnostic(await assertNothingIsLost(place, { full: wal, fill }))
		assert.match(service.output(), /PostgreSQL ended and is started again/)
	})

	test('for its data refuses what it can’t write, and takes it when there is room: nothing is lost, nothing doubled', async (t) => {
		const place = await startOnSmallDisks()
		t.diagnostic(await assertNothingIsLost(place, { full: place.data, fill: async () => undefined }))
		assert.doesNotMatch(place.service.output(), /PostgreSQL ended/)
	})
})
