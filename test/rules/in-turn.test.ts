import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../../src/platform/http/problem.ts'
import { inTurn, type TurnOptions } from '../../src/platform/in-turn.ts'

const WAIT_MS = 50

/** Work that goes on until it is told to end, and what has begun of it, in that order. */
function controlled(options: Omit<TurnOptions<string, string>, 'work'>) {
	const begun: string[] = []
	const ends = new Map<string, PromiseWithResolvers<string>>()
	const submit = inTurn<string, string>({
		...options,
		work: (name) => {
			begun.push(name)
			const end = Promise.withResolvers<string>()
			ends.set(name, end)
			return end.promise
		},
	})
	return { submit, begun, endOf: (name: string) => ends.get(name) ?? assert.fail(`${name} has not begun`) }
}

const isOverload = (error: unknown) => error instanceof Problem && error.code === 'overloaded'

suite('Work that is taken in turn', () => {
	test('is done so many at a time, in the order in which it came', async () => {
		const { submit, begun, endOf } = controlled({ atOnce: 2, queueMax: 10 })
		const all = ['a', 'b', 'c', 'd'].map((name) => submit(name))
		await sleep(0)
		assert.deepEqual(begun, ['a', 'b'])
		endOf('b').resolve('b is done')
		assert.equal(await all[1], 'b is done')
		assert.deepEqual(begun, ['a', 'b', 'c'])
		for (const name of ['a', 'c']) endOf(name).resolve(name)
		await Promise.all([all[0], all[2]])
		assert.deepEqual(begun, ['a', 'b', 'c', 'd'])
		endOf('d').resolve('d')
		assert.deepEqual(await Promise.all(all), ['a', 'b is done', 'c', 'd'])
	})

	test('fails for the one alone whose work fails', async () => {
		const { submit, endOf } = controlled({ atOnce: 1, queueMax: 10 })
		const [failing, next] = [submit('failing'), submit('next')]
		endOf('failing').reject(new Error('of its own'))
		await assert.rejects(failing, /of its own/)
		endOf('next').resolve('done')
		assert.equal(await next, 'done')
	})

	test('is refused at once where too much waits already', async () => {
		const { submit, begun, endOf } = controlled({ atOnce: 1, queueMax: 1 })
		const taken = [submit('a'), submit('b')]
		assert.ok(submit.isFull())
		await assert.rejects(submit('c'), isOverload)
		endOf('a').resolve('a')
		await taken[0]
		endOf('b').resolve('b')
		await taken[1]
		assert.deepEqual(begun, ['a', 'b'])
	})

	test('is refused, without being tried, when it has waited too long', async () => {
		const { submit, begun, endOf } = controlled({ atOnce: 1, queueMax: 10, waitMaxMs: WAIT_MS })
		const first = submit('first')
		const late = assert.rejects(submit('late'), isOverload)
		// However long the work of the others takes.
		await late
		endOf('first').resolve('done')
		assert.equal(await first, 'done')
		await sleep(0)
		assert.deepEqual(begun, ['first'])
	})

	test('goes on with those who came later', async () => {
		const { submit, endOf } = controlled({ atOnce: 1, queueMax: 10, waitMaxMs: 4 * WAIT_MS })
		const first = submit('first')
		const late = assert.rejects(submit('late'), isOverload)
		await sleep(2 * WAIT_MS)
		const [next, last] = [submit('next'), assert.rejects(submit('last'), isOverload)]
		await late
		endOf('first').resolve('done')
		assert.equal(await first, 'done')
		await last
		endOf('next').resolve('done')
		assert.equal(await next, 'done')
	})
})
