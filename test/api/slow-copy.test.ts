import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { before, suite, test } from 'node:test'
import type { Sql } from '../../src/platform/db/database.ts'
import { startTestShop } from '../support/shop.ts'

/** More than a stream holds before it says that it is full. */
const CHARACTERS = 200_000
/** Until all that the server sends has come. */
const ALL_HAS_COME_MS = 200
const ANSWER_TIMEOUT_MS = 5_000

let sql: Sql
before(async () => {
	;({ sql } = await startTestShop())
})

/** Whether a query on the connection is answered in good time. */
const isAnswered = (query: Promise<unknown>): Promise<boolean> =>
	Promise.race([query.then(() => true), sleep(ANSWER_TIMEOUT_MS, false, { ref: false })])

suite('A COPY whose reader is slow', () => {
	test('leaves a connection that works, when all had come before it was read', async () => {
		const connection = await sql.reserve()
		const copy = await connection`copy (select repeat('x', 200000)) to stdout`.readable()
		await sleep(ALL_HAS_COME_MS)
		let bytes = 0
		for await (const chunk of copy) bytes += Buffer.byteLength(chunk)
		assert.equal(bytes, CHARACTERS + 1)
		assert.ok(await isAnswered(connection`select 1`), 'the connection is never read again')
		connection.release()
	})

	test('leaves a connection that works, when it failed while nobody read', async () => {
		const connection = await sql.reserve()
		const copy = await connection`
			copy (select repeat('x', 200000 / (2 - n)) from generate_series(1, 2) as n) to stdout`.readable()
		// It may come before anybody reads.
		copy.on('error', () => undefined)
		await sleep(ALL_HAS_COME_MS)
		await assert.rejects(async () => {
			for await (const _ of copy);
		}, /division by zero/)
		assert.ok(await isAnswered(connection`select 1`), 'the connection is never read again')
		connection.release()
	})
})
