import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { httpProblem, Problem } from '../../platform/http/problem.ts'
import type { Standing } from './catalog-watch.ts'
import { type KeptPagesOptions, keepPages } from './kept-pages.ts'

/** Pages under a watch that stands as the test says. */
function pagesUnder(limits: Omit<KeptPagesOptions, 'watch'> = {}) {
	const state: { standing: Standing; version: number } = { standing: 'known', version: 1 }
	const listeners: (() => void)[] = []
	const watch = {
		use: () => state.standing,
		version: () => state.version,
		onAway: (listener: () => void) => void listeners.push(listener),
	}
	const away = () => {
		state.standing = 'away'
		for (const listener of listeners) listener()
	}
	return { pages: keepPages({ watch, ...limits }), state, away }
}

/** What the driver says of a database that does not take the connection. */
const unavailable = () => Object.assign(new Error('no connection'), { code: 'ECONNREFUSED' })
const text = (page: { readonly body: Buffer } | undefined) => page?.body.toString()

suite('A page that was read', () => {
	test('is kept until the catalogue has another version', async () => {
		const { pages, state } = pagesUnder()
		assert.equal(pages.get('/a'), undefined)
		const read = await pages.read('/a', async () => 'ёж')
		assert.equal(text(read), 'ёж')
		assert.equal(pages.get('/a'), read)
		state.version++
		assert.equal(pages.get('/a'), undefined)
	})

	test('is still there for when the database is away, if it could not be read anew for want of a turn', async () => {
		const { pages, state, away } = pagesUnder()
		await pages.read('/a', async () => 'a')
		state.version++
		const refused = pages.read('/a', () => Promise.reject(httpProblem('overloaded')))
		assert.ok(pages.isUnderWay('/a'))
		await assert.rejects(refused, (error) => error instanceof Problem && error.code === 'overloaded')
		assert.ok(!pages.isUnderWay('/a'))
		away()
		assert.equal(text(pages.get('/a')), 'a')
	})

	test('across a change is out of date at once', async () => {
		const { pages, state } = pagesUnder()
		await pages.read('/a', async () => {
			state.version++
			return 'old'
		})
		assert.equal(pages.get('/a'), undefined)
	})

	test('is not trusted while nobody has looked for changes', async () => {
		const { pages, state } = pagesUnder()
		await pages.read('/a', async () => 'a')
		state.standing = 'unknown'
		assert.equal(pages.get('/a'), undefined)
	})

	test('has the same tag for the same bytes, and another one for others', async () => {
		const { pages, state } = pagesUnder()
		const first = await pages.read('/a', async () => 'a')
		state.version++
		assert.equal((await pages.read('/a', async () => 'a')).etag, first.etag)
		assert.notEqual((await pages.read('/a', async () => 'b')).etag, first.etag)
	})

	test('by a slow reader does not take the place of a newer one', async () => {
		const { pages, state } = pagesUnder()
		const gate = Promise.withResolvers<string>()
		const slow = pages.read('/a', () => gate.promise)
		state.version++
		await pages.read('/a', async () => 'new')
		gate.resolve('old')
		assert.equal(text(await slow), 'old')
		assert.equal(text(pages.get('/a')), 'new')
	})
})

suite('Who asks for one page at the same time', () => {
	test('shares one reading, also its failure, which is kept for nobody', async () => {
		const { pages } = pagesUnder()
		let readings = 0
		const fail = async (): Promise<string> => {
			readings++
			throw new Error('broken')
		}
		const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => pages.read('/a', fail)))
		assert.deepEqual([outcomes.every(({ status }) => status === 'rejected'), readings], [true, 1])
		assert.equal(text(await pages.read('/a', async () => 'a')), 'a')
	})

	test('does not share one that began before a change which is known of', async () => {
		const { pages, state } = pagesUnder()
		const gate = Promise.withResolvers<string>()
		const before = pages.read('/a', () => gate.promise)
		state.version++
		assert.equal(text(await pages.read('/a', async () => 'new')), 'new')
		gate.resolve('old')
		await before
	})
})

suite('While the database is away', () => {
	test('what is kept goes on being shown, in whatever version, and what is not kept is an error', async () => {
		const { pages, state, away } = pagesUnder()
		await pages.read('/a', async () => 'a')
		state.version++
		away()
		assert.equal(text(pages.get('/a')), 'a')
		assert.equal(pages.get('/b'), undefined)
		await assert.rejects(pages.read('/b', () => Promise.reject(unavailable())))
	})

	test('whoever finds that out by asking is shown what is kept', async () => {
		const { pages, state } = pagesUnder()
		await pages.read('/a', async () => 'a')
		state.standing = 'unknown'
		assert.equal(text(await pages.read('/a', () => Promise.reject(unavailable()))), 'a')
	})

	test('whoever waits for it already is shown what is kept', async () => {
		const { pages, state, away } = pagesUnder()
		await pages.read('/a', async () => 'a')
		state.version++
		const waiting = pages.read('/a', () => new Promise(() => undefined))
		away()
		assert.equal(text(await waiting), 'a')
	})

	test('nothing comes back that was found to be gone', async () => {
		const { pages, state, away } = pagesUnder()
		await pages.read('/a', async () => 'a')
		state.version++
		await assert.rejects(pages.read('/a', () => Promise.reject(new Error('no such product'))))
		away()
		assert.equal(pages.get('/a'), undefined)
	})

	test('what was out of date already is shown for ten minutes at the most', async (t) => {
		const { pages, state, away } = pagesUnder()
		for (const url of ['/old', '/right']) {
			await pages.read(url, async () => url)
			state.version++
		}
		state.version--
		await pages.read('/right', async () => 'right')
		away()
		const now = performance.now()
		t.mock.method(performance, 'now', () => now + 11 * 60_000)
		assert.deepEqual([pages.get('/old'), text(pages.get('/right'))], [undefined, 'right'])
	})
})

suite('What is kept', () => {
	test('takes no more memory than it may: what was asked for longest ago goes first', async () => {
		const { pages } = pagesUnder({ bytesMax: 10_000 })
		for (let index = 0; index < 100; index++) {
			await pages.read(`/${index}`, async () => 'x'.repeat(1_500))
			pages.get('/0')
		}
		const kept = Array.from({ length: 100 }, (_, index) => index).filter((index) => pages.get(`/${index}`) !== undefined)
		assert.deepEqual(kept, [0, 97, 98, 99])
	})

	test('is no page that is too large, and none with an address that is too long', async () => {
		const { pages } = pagesUnder({ pageBytesMax: 10_000 })
		for (const [url, length] of [
			['/large', 10_000],
			[`/${'x'.repeat(1_000)}`, 1],
		] as const) {
			assert.equal((await pages.read(url, async () => 'x'.repeat(length))).body.length, length)
			assert.equal(pages.get(url), undefined)
		}
	})
})
