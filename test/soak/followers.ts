import assert from 'node:assert/strict'
import { type Book, untilAnswered } from '../support/book.ts'
import { createClient } from '../support/client.ts'
import { watch } from '../support/event-stream.ts'
import { pause } from '../support/pace.ts'
import type { Person } from '../support/people.ts'
import type { Chance } from '../support/sample.ts'

const STREAMS = 50
const STAY_MIN_MS = 2_000
const STAY_MAX_MS = 40_000

export type Following = { readonly url: string; readonly people: readonly Person[]; readonly book: Book; readonly chance: Chance }

/** So many live streams are open at any time: each comes, stays a while and goes, and another one comes. Returns what was told. */
export async function followLive(
	given: Following,
	over: AbortSignal,
	onFault: (error: unknown) => void,
): Promise<{ opened: number; told: number }> {
	const counts = { opened: 0, told: 0 }
	const places = Array.from({ length: STREAMS }, async (_, place) => {
		while (!over.aborted) {
			try {
				const told = await followOne(given, place, over)
				counts.told += told
				counts.opened++
			} catch (error) {
				onFault(error)
				await pause(STAY_MIN_MS, over)
			}
		}
	})
	await Promise.all(places)
	return counts
}

/** Each place is of one customer, for one has a few streams only. */
async function followOne({ url, people, book, chance }: Following, place: number, over: AbortSignal): Promise<number> {
	const { token } = people[place % people.length] ?? assert.fail('nobody')
	const { status, body, text } = await untilAnswered(createClient(url, token), book)('GET', '/orders?limit=1')
	assert.equal(status, 200, text)
	const order: string | undefined = body.data[0]?.id
	const path = order !== undefined && chance.happens(0.5) ? `/orders/${order}/events` : '/me/events'
	const watcher = watch(`${url}/v1${path}`, { token })
	await watcher.waitOpen()
	await pause(STAY_MIN_MS + chance.below(STAY_MAX_MS - STAY_MIN_MS), over)
	watcher.close()
	assert.deepEqual(
		watcher.errors.map(({ message, code }) => `${code} ${message}`),
		[],
		path,
	)
	return watcher.told.length
}
