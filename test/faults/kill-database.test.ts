import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { openDatabase } from '../../src/platform/db/database.ts'
import { type Book, writtenIn } from '../support/book.ts'
import { eventually } from '../support/eventually.ts'
import { assertNothingIsLost, underLoad } from '../support/load.ts'
import { startWithOwnDatabase } from '../support/own-database.ts'
import { postmasterOf } from '../support/postmaster.ts'
import { createChance } from '../support/sample.ts'

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
const servedAfter = (moment: number, book: Book): Promise<number> =>
	eventually(async () => {
		const served = writtenIn(book).find(({ at, ms }) => at + ms > moment)
		assert.ok(served, 'nothing was written yet')
		return Math.round(served.at + served.ms - moment)
	}, ACCEPTS_WITHIN_MS)

suite('A PostgreSQL that is killed again and again while people order', () => {
	test('comes back, and those who are told to come again are served soon: nothing is lost, nothing doubled', async (t) => {
		const seed = randomInt(2 ** 31)
		t.diagnostic(`seed ${seed}`)
		const { program, url, dataDir, shop } = await startWithOwnDatabase()
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
				backAt = await acceptedAt(shop.settings['DATABASE_URL'] ?? '')
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
