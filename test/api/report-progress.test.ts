import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Files } from '../../src/platform/files/port.ts'
import { eventually } from '../support/eventually.ts'
import { newWorkShop, type WorkShop } from '../support/report-workers.ts'
import { askForReport, reportThatIs } from '../support/reports.ts'
import { recordSales } from '../support/sales.ts'

const DAYS = 10
const ORDERS_A_DAY = 400
const LINES_AN_ORDER = 3
const DAY_MS = 86_400_000
const FIRST_DAY = Date.parse('2026-06-01T00:00:00Z')
const dayOf = (index: number): string => new Date(FIRST_DAY + index * DAY_MS).toISOString()

let work: WorkShop
let service: WorkShop['service']
before(async () => {
	work = await newWorkShop()
	;({ service } = work)
	const lines = Array.from({ length: LINES_AN_ORDER }, (_, index) => ({ name: `велосипед_${index} ${'ы'.repeat(500)}` }))
	const sales = Array.from({ length: DAYS * ORDERS_A_DAY }, (_, index) => ({
		lines,
		at: new Date(FIRST_DAY + (index * DAY_MS) / ORDERS_A_DAY).toISOString(),
		// One of ten is cancelled.
		status: index % 10 === 0 ? ('cancelled' as const) : ('received' as const),
	}))
	await recordSales(work.shop.sql, sales)
	// As the database does by itself, a minute later.
	await work.shop.sql`analyze orders, order_lines`
})

/** The storage, slow enough to look on. */
const slowly = (bytesPerSecond: number): Files => ({
	...work.files,
	write(name, source, signal) {
		const slow = async function* () {
			let bytes = 0
			const startedAt = performance.now()
			for await (const chunk of source) {
				bytes += chunk.length
				const early = startedAt + (bytes / bytesPerSecond) * 1_000 - performance.now()
				if (early > 50) await sleep(early)
				yield chunk
			}
		}
		return work.files.write(name, slow(), signal)
	},
})

type View = {
	readonly status: string
	readonly lines: number
	readonly bytes: number
	readonly estimate: { readonly lines_total: number; readonly seconds_left: number | null } | null
}
type Seen = View & { readonly atMs: number }

/** Looks at a report until it is completed. */
async function watch(id: string): Promise<Seen[]> {
	const seen: Seen[] = []
	for (;;) {
		const { body } = await service.get(`/reports/${id}`)
		seen.push({ ...body, atMs: performance.now() })
		if (body.status === 'completed') return seen
		assert.ok(seen.length < 400 && body.status !== 'failed', JSON.stringify(body))
		await sleep(50)
	}
}

/** What a report of that period is said to come to while it is made, and what it comes to. */
async function estimated(period: object): Promise<{ told: number; lines: number }> {
	const worker = work.startWorker({}, slowly(600_000))
	const id = await askForReport(service, period)
	const seen = await watch(id)
	await worker.close()
	const [last] = seen.slice(-1)
	const told = seen.flatMap(({ status, lines, estimate }) => (status === 'running' && estimate ? [{ lines, ...estimate }] : []))
	assert.ok(
		told.every(({ lines, lines_total: total }) => total >= lines),
		'never less than is done',
	)
	return { told: told[0]?.lines_total ?? assert.fail('nothing was told'), lines: last?.lines ?? 0 }
}

suite('While a report is made', () => {
	test('its lines and bytes grow each second, and what it may come to is told with the time left', async () => {
		const worker = work.startWorker({}, slowly(4_000_000))
		const id = await askForReport(service)
		const seen = await watch(id)
		await worker.close()
		const [last] = seen.slice(-1)
		const total = DAYS * ORDERS_A_DAY * LINES_AN_ORDER * 0.9
		assert.equal(last?.lines, total)
		assert.deepEqual(last?.estimate, { lines_total: total, seconds_left: 0 })

		const running = seen.filter(({ status, lines }) => status === 'running' && lines > 0)
		assert.ok(running.length > 0, 'it was too quick to be looked at')
		let grown = running[0]
		for (const view of running) {
			assert.ok(grown && view.lines >= grown.lines && view.bytes >= grown.bytes)
			// A second and what a busy machine adds.
			if (view.lines === grown.lines) assert.ok(view.atMs - grown.atMs < 1_500, `nothing for ${view.atMs - grown.atMs} ms`)
			else grown = view
			assert.ok(view.estimate && view.estimate.lines_total >= view.lines)
			assert.ok(Math.abs(view.estimate.lines_total / total - 1) < 0.1, `${view.estimate.lines_total} of ${total}`)
		}
		const left = running.flatMap(({ estimate }) => estimate?.seconds_left ?? [])
		assert.ok(left.length > 0 && left.every((seconds) => seconds > 0 && seconds < 60), left.join())
	})

	test('of a day among others it is told of that day', async () => {
		const { told, lines } = await estimated({ from: dayOf(7), to: dayOf(8) })
		assert.equal(lines, ORDERS_A_DAY * LINES_AN_ORDER * 0.9)
		assert.ok(Math.abs(told / lines - 1) < 0.25, `${told} of ${lines}`)
	})

	test('it is told of today, of which the database has heard nothing yet', async () => {
		const today = Array.from({ length: 800 }, () => ({
			lines: [{ name: 'a'.repeat(500) }, { name: 'b'.repeat(500) }, { name: 'c'.repeat(500) }],
			at: dayOf(DAYS),
		}))
		await recordSales(work.shop.sql, today)
		const { told, lines } = await estimated({ from: dayOf(DAYS) })
		assert.equal(lines, 2_400)
		assert.ok(Math.abs(told / lines - 1) < 0.25, `${told} of ${lines}`)
	})
})

suite('Where one order was placed out of turn', () => {
	test('the day is told of, not all that lies between', async () => {
		await recordSales(work.shop.sql, [{ lines: [{ name: 'a' }], at: dayOf(1.5) }])
		const { told, lines } = await estimated({ from: dayOf(1), to: dayOf(2) })
		assert.ok(told < lines * 2, `${told} of ${lines}`)
	})
})

suite('A storage that hangs', () => {
	/** Takes a little, then nothing more, whatever it is told. */
	const hanging = (): Files => ({
		...work.files,
		async write(_name, source) {
			for await (const _ of source) await Promise.withResolvers<void>().promise
			return 'written'
		},
	})

	test('makes the report too long, and keeps neither the database nor the worker', async () => {
		const storage = { ...hanging() }
		const worker = work.startWorker({ timeoutMs: 1_000 }, storage)
		const id = await askForReport(service)
		await work.oneReads()
		await eventually(async () => assert.deepEqual(await work.reading(), []), 4_000)
		const report = await reportThatIs('failed', service, id)
		assert.equal(report.error.code, 'too_long')
		const events = await work.eventsOf(id)
		assert.deepEqual(
			events.map(({ type, error }) => [type, error.code]),
			[['report.failed', 'too_long']],
		)
		storage.write = work.files.write
		await reportThatIs('completed', service, await askForReport(service, { from: dayOf(1), to: dayOf(2) }))
		await worker.close()
	})

	test('does not keep a cancelled report in the database', async () => {
		const worker = work.startWorker({}, hanging())
		const id = await askForReport(service)
		await work.oneReads()
		assert.equal((await service.delete(`/reports/${id}`)).body.error.code, 'cancelled')
		await eventually(async () => assert.deepEqual(await work.reading(), []), 2_000)
		await worker.close()
		assert.equal((await work.eventsOf(id)).length, 1)
	})

	test('and goes on after all has nothing left behind', async () => {
		const { promise: goOn, resolve } = Promise.withResolvers<void>()
		let written = false
		const worker = work.startWorker(
			{ timeoutMs: 300 },
			{
				...work.files,
				async write(name, source) {
					await goOn
					await source[Symbol.asyncIterator]().return?.()
					const outcome = await work.files.write(name, (async function* () {})())
					written = true
					return outcome
				},
			},
		)
		const id = await askForReport(service)
		assert.equal((await reportThatIs('failed', service, id)).error.code, 'too_long')
		resolve()
		await eventually(async () => {
			assert.ok(written)
			assert.deepEqual(await work.filesOf(id), [])
		})
		await worker.close()
	})
})
