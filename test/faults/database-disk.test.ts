import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { findEmbeddedPostgres } from '../../src/platform/db/embedded/embedded.ts'
import type { Book } from '../support/book.ts'
import { createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { assertNothingIsLost, underLoad } from '../support/load.ts'
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

const acknowledged = ({ acked }: Book) => acked.size
const refused = ({ seen }: Book) => seen.filter(({ status }) => status === 503).length

const grown = (book: Book, count: (book: Book) => number): Promise<void> => {
	const from = count(book)
	return eventually(async () => assert.ok(count(book) >= from + ENOUGH, `${count(book) - from} of ${ENOUGH}`), BACK_WITHIN_MS)
}

/** What must hold however the disk is filled: `fill` does it, and may have the database write. */
async function assertFillingLosesNothing(
	{ shop, url, service }: Place,
	{ full, fill }: { full: SmallDisk; fill: () => Promise<void> },
): Promise<string> {
	const seed = randomInt(2 ** 31)
	const book = await underLoad({ shop, url, seed, shoppers: BUYERS }, async (book) => {
		await grown(book, acknowledged)
		full.fill(0)
		await fill()
		await grown(book, refused)
		await sleep(FULL_MS)
		assert.equal((await createClient(url).get('//health/live')).status, 200)
		full.makeRoom()
		await grown(book, acknowledged)
	})
	const counts = await assertNothingIsLost(shop, book)
	assert.ok(book.seen.every(({ status }) => status !== 0))
	await shop.close()
	service.child.kill('SIGTERM')
	assert.equal(await service.ended, 0)
	return `seed ${seed}: ${counts}`
}

suite('A PostgreSQL whose disk is full', { skip }, () => {
	test('for its WAL ends, and comes back by itself when there is room: nothing is lost, nothing doubled', async (t) => {
		const place = await startOnSmallDisks()
		const { wal, shop, service } = place
		const fill = async () => {
			for (let written = 0; written < SEGMENT_MB * 2; written++)
				await shop.sql`select pg_logical_emit_message(false, 'fill', repeat('x', 1000000))`.catch(() => undefined)
		}
		t.diagnostic(await assertFillingLosesNothing(place, { full: wal, fill }))
		assert.match(service.output(), /PostgreSQL ended and is started again/)
	})

	test('for its data refuses what it can’t write, and takes it when there is room: nothing is lost, nothing doubled', async (t) => {
		const place = await startOnSmallDisks()
		t.diagnostic(await assertFillingLosesNothing(place, { full: place.data, fill: async () => undefined }))
		assert.doesNotMatch(place.service.output(), /PostgreSQL ended/)
	})
})
