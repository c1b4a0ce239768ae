import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { openDatabase } from '../../src/platform/db/database.ts'
import { findEmbeddedPostgres } from '../../src/platform/db/embedded/embedded.ts'
import { atEnd } from '../support/at-end.ts'
import type { Book } from '../support/book.ts'
import { eventually } from '../support/eventually.ts'
import { assertNothingIsLost, underLoad } from '../support/load.ts'
import { postmasterOf } from '../support/postmaster.ts'
import { startProcess, urlOf } from '../support/process.ts'
import { createChance } from '../support/sample.ts'
import { startTestShop } from '../support/shop.ts'

const KILLS = 5
/** How long it lives at most once it takes orders. */
const LIFE_MAX_MS = 4_000
/** It is started again, and recovers. */
const ACCEPTS_WITHIN_MS = 60_000
const SERVED_WITHIN_MS = 5_000

/** Waits until the database takes somebody in, who comes anew each time: when that was. */
async function acceptedAt(url: string): Promise<number> {
	const log = pino({ level: 'silent' })
	return eventually(async () => {
		const { sql, close } = openDatabase({ url, log, name: 'newcomer', connectionsMax: 1 })
		try {
			await sql`select`
			return performance.now()
		} finally {
			await close()
		}
	}, ACCEPTS_WITHIN_MS)
}

/** Waits until the database has carried out a change that ended after this moment: how long after. */
const servedAfter = (moment: number, { seen }: Book): Promise<number> =>
	eventually(async () => {
		const served = seen.find(
			({ at, ms, method, status }) => at + ms > moment && method !== 'GET' && status >= 200 && status < 300,
		)
		assert.ok(served, 'nothing was written yet')
		return Math.round(served.at + served.ms - moment)
	}, ACCEPTS_WITHIN_MS)

suite('A PostgreSQL that is killed again and again while people order', () => {
	test('comes back, and those who are told to come again are served soon: nothing is lost, nothing doubled', async (t) => {
		const seed = randomInt(2 ** 31)
		t.diagnostic(`seed ${seed}`)
		const dataDir = await mkdtemp(join(tmpdir(), 'prilavok-killed-'))
		atEnd(() => rm(dataDir, { recursive: true, force: true }))
		const program = startProcess({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' })
		const url = await urlOf(program)
		const DATABASE_URL = await findEmbeddedPostgres(dataDir)
		assert.ok(DATABASE_URL)
		const shop = await startTestShop({ DATABASE_URL, DATA_DIR: dataDir, ROLE: 'api' })
		const chance = createChance(seed)
		const away: number[] = []
		const served: number[] = []
		let backAt = 0
		let refusedMs = Number.NaN
		const book = await underLoad({ shop, url, seed }, async (book) => {
			while (served.length < KILLS) {
				await sleep(chance.below(LIFE_MAX_MS))
				const postmaster = await postmasterOf(dataDir)
				const killedAt = performance.now()
				process.kill(postmaster, 'SIGKILL')
				// What it has begotten ends when it notices.
				await eventually(async () => assert.notEqual(await postmasterOf(dataDir), postmaster), ACCEPTS_WITHIN_MS)
				backAt = await acceptedAt(DATABASE_URL)
				away.push(Math.round(backAt - killedAt))
				served.push(await servedAfter(backAt, book))
			}
			await sleep(SERVED_WITHIN_MS + LIFE_MAX_MS)
			const lastRefusal = Math.max(...book.seen.filter(({ status }) => status === 503).map(({ at, ms }) => at + ms))
			refusedMs = Math.max(0, Math.round(lastRefusal - backAt))
		})
		t.diagnostic(
			`it accepted again after ${away.join(', ')} ms, and ${served.join(', ')} ms later somebody was served; after the last time ` +
				`people were told to come again for ${refusedMs} ms`,
		)
		t.diagnostic(await assertNothingIsLost(shop, book))
		assert.ok(Math.max(...served, refusedMs) < SERVED_WITHIN_MS)
		// Only in words: the API itself was there all the time.
		assert.deepEqual(
			book.seen.filter(({ status }) => status === 0),
			[],
		)
		assert.equal(program.output().match(/PostgreSQL ended and is started again/g)?.length, KILLS)
		await shop.close()
		program.child.kill('SIGTERM')
		assert.equal(await program.ended, 0)
	})
})
