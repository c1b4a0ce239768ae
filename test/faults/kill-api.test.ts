import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { medianOf } from '../support/median.ts'
import { newInstance } from '../support/instance.ts'
import { assertNothingIsLost, underLoad } from '../support/load.ts'
import { createChance } from '../support/sample.ts'
import { startTestShop } from '../support/shop.ts'

const KILLS = 20
/** How long one lives at most once it serves. */
const LIFE_MAX_MS = 2_500
/** Half of the starts, on a processor of their own. */
const READY_WITHIN_MS = 2_000

/** How long a process had something to do and no processor to do it on. 0 where the system does not tell. */
const heldUpMs = async (pid: number | undefined): Promise<number> => {
	const told = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '')
	return Number(told.split(' ')[1] ?? 0) / 1e6
}

suite('An API process that is killed again and again while people order', () => {
	test('is back soon each time, and what was acknowledged is there: nothing is lost, nothing doubled', async (t) => {
		const seed = randomInt(2 ** 31)
		t.diagnostic(`seed ${seed}`)
		// It works; people ask the process beside it.
		const shop = await startTestShop()
		const instance = await newInstance({ ...shop.settings, ROLE: 'api', LOG_LEVEL: 'error' })
		const startApi = async () => {
			const startedAt = performance.now()
			const api = instance.start()
			await instance.serves()
			const ms = performance.now() - startedAt
			return { api, ms: Math.round(ms), ownMs: Math.round(ms - (await heldUpMs(api.child.pid))) }
		}
		let { api } = await startApi()
		const chance = createChance(seed)
		const starts: { ms: number; ownMs: number }[] = []
		const book = await underLoad({ shop, url: instance.url, seed }, async () => {
			while (starts.length < KILLS) {
				await sleep(chance.below(LIFE_MAX_MS))
				api.child.kill('SIGKILL')
				assert.equal(await api.ended, null, api.output())
				const next = await startApi()
				api = next.api
				starts.push(next)
			}
			await sleep(LIFE_MAX_MS)
		})
		const all = starts.map(({ ms, ownMs }) => `${ms} (${ownMs})`).join(', ')
		const median = medianOf(starts.map(({ ownMs }) => ownMs))
		t.diagnostic(
			`ready again after ${all} ms (without what others took of the processors: half of the times within ${median} ms)`,
		)
		t.diagnostic(await assertNothingIsLost(shop, book))
		assert.ok(median < READY_WITHIN_MS)
		await instance.stop()
	})
})
