import assert from 'node:assert/strict'
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import { suite, test } from 'node:test'
import { pino } from 'pino'
import { Problem } from '../../src/platform/http/problem.ts'
import { AGAIN, createLanes, type LaneOptions } from '../../src/platform/lanes.ts'

/** Far longer than a lane takes to begin, on however busy a machine. */
const WAIT_MS = 1_000

type Request = { readonly owner: number; readonly name: string }
type Outcome = string | Problem

/** Lanes whose batches run when the test says so. */
function controlledLanes(options: Partial<LaneOptions<Request, string>> = {}) {
	const batches: { names: string[]; finish: (error?: Error) => void }[] = []
	const lanes = createLanes<Request, string>({
		name: 'test',
		log: pino({ level: 'silent' }),
		lanes: 1,
		ownerOf: (request) => request.owner,
		run: (batch) =>
			new Promise<readonly Outcome[]>((resolve, reject) => {
				const names = batch.map((request) => request.name)
				const finish = (error?: Error) => (error ? reject(error) : resolve(names.map((name) => `done ${name}`)))
				batches.push({ names, finish })
			}),
		...options,
	})
	const submit = (owner: number, name: string, signal?: AbortSignal) => lanes.submit({ owner, name }, signal)
	/** Waits until that many batches have begun. */
	const begun = async (count: number) => {
		for (let turns = 0; batches.length < count && turns < 100; turns++) await turn()
		assert.equal(batches.length, count)
		return batches[count - 1]
	}
	return { submit, begun, batches }
}

const databaseError = (code: string) => Object.assign(new Error(code), { code })
const codeOf = (error: unknown) => (error instanceof Problem ? error.code : error)

suite('A lane', () => {
	test('sends a lone request at once, and gathers what comes while it is busy', async () => {
		const { submit, begun } = controlledLanes()
		const first = submit(1, 'a')
		const alone = await begun(1)
		assert.deepEqual(alone?.names, ['a'])
		const others = [submit(2, 'b'), submit(3, 'c'), submit(4, 'd')]
		alone?.finish()
		assert.equal(await first, 'done a')
		const together = await begun(2)
		assert.deepEqual(together?.names, ['b', 'c', 'd'])
		together?.finish()
		assert.deepEqual(await Promise.all(others), ['done b', 'done c', 'done d'])
	})

	test('never puts two requests of one owner into a batch, and keeps their order', async () => {
		const { submit, begun, batches } = controlledLanes()
		const blocking = submit(9, 'first')
		await begun(1)
		const waiting = [submit(1, 'a1'), submit(1, 'a2'), submit(2, 'b1'), submit(1, 'a3'), submit(2, 'b2')]
		for (let batch = 1; batch <= 4; batch++) (await begun(batch))?.finish()
		await Promise.all([blocking, ...waiting])
		assert.deepEqual(
			batches.map(({ names }) => names),
			[['first'], ['a1', 'b1'], ['a2', 'b2'], ['a3']],
		)
	})

	test('begins a second transaction where many wait, and none with a request of somebody whom the first one serves', async () => {
		const { submit, begun, batches } = controlledLanes({ secondFrom: 3 })
		const all = [submit(1, 'a1')]
		const first = await begun(1)
		all.push(submit(1, 'a2'), submit(2, 'b'))
		await turn()
		await begun(1)
		all.push(submit(3, 'c'))
		const second = await begun(2)
		all.push(submit(4, 'd'), submit(5, 'e'), submit(6, 'f'))
		await turn()
		await begun(2)
		second?.finish()
		first?.finish()
		for (const batch of [3, 4]) (await begun(batch))?.finish()
		await Promise.all(all)
		assert.deepEqual(
			batches.map(({ names }) => names),
			[['a1'], ['b', 'c'], ['d', 'e', 'f'], ['a2']],
		)
	})

	test('takes no more into a batch than its limit', async () => {
		const { submit, begun, batches } = controlledLanes({ batchMax: 2 })
		const all = [submit(1, 'a')]
		await begun(1)
		for (const owner of [2, 3, 4]) all.push(submit(owner, `r${owner}`))
		for (let batch = 1; batch <= 3; batch++) (await begun(batch))?.finish()
		await Promise.all(all)
		assert.deepEqual(batches[1]?.names, ['r2', 'r3'])
	})

	test('refuses what its queue has no room for, at once', async () => {
		const { submit, begun } = controlledLanes({ queueMax: 2 })
		const running = submit(1, 'a')
		const batch = await begun(1)
		const waiting = [submit(2, 'b'), submit(3, 'c')]
		await assert.rejects(submit(4, 'd'), (error) => codeOf(error) === 'overloaded')
		batch?.finish()
		;(await begun(2))?.finish()
		await Promise.all([running, ...waiting])
	})

	test('refuses whoever waits too often already, and takes the others', async () => {
		const { submit, begun, batches } = controlledLanes({ queueMax: 4, ownerMax: 2 })
		const running = submit(1, 'a1')
		const batch = await begun(1)
		const waiting = [submit(1, 'a2'), submit(1, 'a3')]
		await assert.rejects(submit(1, 'a4'), (error) => codeOf(error) === 'overloaded')
		waiting.push(submit(2, 'b'))
		batch?.finish()
		;(await begun(2))?.finish()
		;(await begun(3))?.finish()
		await Promise.all([running, ...waiting])
		assert.deepEqual(
			batches.map(({ names }) => names),
			[['a1'], ['a2', 'b'], ['a3']],
		)
	})

	test('refuses who has waited too long, and leaves out who has gone', async () => {
		const { submit, begun, batches } = controlledLanes({ waitMaxMs: WAIT_MS })
		const running = submit(1, 'a')
		const batch = await begun(1)
		const late = assert.rejects(submit(2, 'late'), (error) => codeOf(error) === 'overloaded')
		const gone = new AbortController()
		const left = assert.rejects(submit(3, 'gone', gone.signal), /has left/)
		gone.abort(new Error('has left'))
		await sleep(WAIT_MS + 50)
		const inTime = submit(4, 'in time')
		batch?.finish()
		;(await begun(2))?.finish()
		assert.deepEqual(await Promise.all([running, inTime]), ['done a', 'done in time'])
		await Promise.all([late, left])
		assert.deepEqual(batches[1]?.names, ['in time'])
	})
})

suite('A batch that fails', () => {
	test('is run again one by one: whoever caused it gets the error, the others their answer', async () => {
		const runs: string[][] = []
		const { submit } = controlledLanes({
			run: async (batch) => {
				runs.push(batch.map((request) => request.name))
				await turn()
				if (batch.some((request) => request.name === 'bad')) throw new Error('bad request')
				return batch.map((request) => `done ${request.name}`)
			},
		})
		const first = submit(9, 'first')
		await turn()
		const bad = assert.rejects(submit(1, 'bad'), /bad request/)
		const good = submit(2, 'good')
		assert.deepEqual(await Promise.all([first, good]), ['done first', 'done good'])
		await bad
		assert.deepEqual(runs, [['first'], ['bad', 'good'], ['bad'], ['good']])
	})

	test('because the database is away is not tried again: its outcome is unknown', async () => {
		let runs = 0
		const { submit } = controlledLanes({
			run: async () => {
				runs++
				await turn()
				throw databaseError('ECONNREFUSED')
			},
		})
		const outcomes = await Promise.allSettled([submit(1, 'a'), submit(2, 'b')])
		assert.deepEqual(
			outcomes.map(({ status }) => status),
			['rejected', 'rejected'],
		)
		assert.ok(runs <= 2, `${runs} runs`)
	})

	const losing = (times: number, lose: () => Outcome | typeof AGAIN) => {
		let runs = 0
		return controlledLanes({
			run: async (batch) => {
				runs++
				await turn()
				return batch.map((request) => (runs <= times ? lose() : `done ${request.name} in ${runs}`))
			},
		})
	}
	const waysToLose: Record<string, () => typeof AGAIN> = {
		'a deadlock': () => {
			throw databaseError('40P01')
		},
		'what it was decided by': () => AGAIN,
	}
	for (const [what, lose] of Object.entries(waysToLose)) {
		test(`by losing ${what} to another instance is decided anew, and given up after fifty times`, async () => {
			assert.equal(await losing(49, lose).submit(1, 'a'), 'done a in 50')
			await assert.rejects(losing(50, lose).submit(1, 'a'), { code: 'unavailable' })
		})
	}

	test('by losing does not let a later request of the same owner go before it', async () => {
		const order: string[] = []
		const { submit } = controlledLanes({
			run: async (batch) => {
				await turn()
				return batch.map(({ name }) => {
					const again = name === 'first' && order.length === 0
					order.push(name)
					return again ? AGAIN : name
				})
			},
		})
		await Promise.all([submit(1, 'first'), submit(1, 'second')])
		assert.deepEqual(order, ['first', 'first', 'second'])
	})

	test('in one request only, as its outcome, does not touch the others', async () => {
		const problem = new Problem('cart_empty', { status: 409, en: '', ru: '' }, {}, {})
		const { submit } = controlledLanes({
			run: async (batch) => batch.map((request) => (request.name === 'empty' ? problem : `done ${request.name}`)),
		})
		const empty = assert.rejects(submit(1, 'empty'), (error) => error === problem)
		assert.equal(await submit(2, 'full'), 'done full')
		await empty
	})
})
