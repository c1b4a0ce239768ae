import { EventSource, type ErrorEvent } from 'eventsource'
import { atEnd } from './at-end.ts'
import type { Answer } from './client.ts'
import { eventually } from './eventually.ts'

/** An event of a live stream. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it finds
export type Told = { readonly name: string; readonly id: string; readonly data: any }

/** Somebody who watches a live stream, with the `eventsource` package, which comes again by itself as browsers do. */
export type Watcher = {
	/** What was told so far, over all connections. */
	readonly told: readonly Told[]
	/** How often a connection was opened. */
	readonly opened: () => number
	/** What ended or refused a connection. */
	readonly errors: readonly ErrorEvent[]
	/** Waits until so many events were told, and returns them. */
	wait(count: number): Promise<readonly Told[]>
	/** Waits until it is connected for the n-th time. */
	waitOpen(times?: number): Promise<void>
	close(): void
}

const NAMES = [
	'status_changed',
	'delivery_changed',
	'reset',
	'order_placed',
	'order_changed',
	'orders_changed',
	'order_notes_changed',
	'report_changed',
	'dead_letter',
] as const

export type WatchOptions = {
	readonly token: string
	/** Where to go on from. */
	readonly lastEventId?: string
	readonly headers?: Readonly<Record<string, string>>
}

/** Watches `url`, to the end of the test file or until it is closed. */
export function watch(url: string, { token, lastEventId, headers }: WatchOptions): Watcher {
	const told: Told[] = []
	const errors: ErrorEvent[] = []
	let opened = 0
	const source = new EventSource(url, {
		fetch(input, init) {
			const sent = new Headers({ ...init.headers, ...headers, authorization: `Bearer ${token}` })
			// What it has seen itself, once it has.
			if (lastEventId !== undefined && !sent.has('last-event-id')) sent.set('last-event-id', lastEventId)
			return fetch(input, { ...init, headers: sent })
		},
	})
	source.addEventListener('open', () => void opened++)
	source.addEventListener('error', (error) => void errors.push(error))
	for (const name of NAMES) {
		source.addEventListener(name, ({ data, lastEventId: id }) => void told.push({ name, id, data: JSON.parse(data) }))
	}
	atEnd(async () => source.close())
	return {
		told,
		errors,
		opened: () => opened,
		wait: (count) =>
			eventually(async () => {
				if (told.length < count) throw new Error(`${told.length} of ${count} events were told: ${JSON.stringify(told)}`)
				return told
			}),
		waitOpen: (times = 1) =>
			eventually(async () => {
				if (opened < times)
					throw new Error(`connected ${opened} times, not ${times}: ${errors.map(({ message }) => message).join()}`)
			}),
		close: () => source.close(),
	}
}

/** What an order's history says, as a stream tells it. */
export const historyOf = (order: Answer['body']) =>
	order.history.map(({ version, status }: { version: number; status: string }) => [version, status])
