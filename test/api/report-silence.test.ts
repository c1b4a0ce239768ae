import assert from 'node:assert/strict'
import { test } from 'node:test'
import { soldLines } from '../../src/modules/orders/index.ts'
import { isTransient } from '../../src/platform/db/errors.ts'
import { recordManySales } from '../support/many-sales.ts'
import { startProxiedShop } from '../support/proxy.ts'

const LINES = 20_000
/** What is read at a time, and still on its way when the database falls silent, is less than this. */
const LINES_AHEAD = 10_000
const TIMEOUT_MS = 60_000
const SILENT_MAX_MS = 1_000
/** Giving the connection back is tried for 5 s. */
const TOLD_WITHIN_MS = 10_000

test('Whoever reads sold lines of a database that goes without a word is told so in time, and may try again', async () => {
	const { shop, proxy, database } = await startProxiedShop()
	await recordManySales(database.sql, LINES)
	const period = { from: null, to: null }
	const reading = { period, signal: new AbortController().signal, timeoutMs: TIMEOUT_MS, silentMaxMs: SILENT_MAX_MS }
	let [lines, silentAt] = [0, 0]
	const read = async () => {
		for await (const chunk of soldLines(shop.sql, reading)) {
			lines += chunk.toString().split('\n').length - 1
			if (silentAt > 0) continue
			silentAt = performance.now()
			proxy.cut('silence')
		}
	}
	await assert.rejects(read(), isTransient)
	assert.ok(performance.now() - silentAt < TOLD_WITHIN_MS)
	assert.ok(lines < LINES_AHEAD, `${lines} lines`)
	proxy.heal()
	lines = 0
	for await (const chunk of soldLines(shop.sql, reading)) lines += chunk.toString().split('\n').length - 1
	assert.ok(lines >= LINES)
})
