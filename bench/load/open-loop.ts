import { createHistogram } from 'node:perf_hooks'
import { ANSWER_TIMEOUT_MS, type LoadResult, type LoopOptions, NS_PER_MS, sumOf } from './closed-loop.ts'
import { type Connection, openConnection } from './connection.ts'
import type { Shopper } from './shopper.ts'

export type OpenLoopOptions = LoopOptions & { readonly perSecond: number }

const TICK_MS = 1

/**
 * Begins units of work at a constant rate, whether or not those before are answered, as people do who know nothing of each
 * other. How long one took counts from when it was due, so a shopper that is late makes it slow. Rejects at the first wrong
 * answer.
 */
export function runOpenLoop(shoppers: readonly Shopper[], options: OpenLoopOptions): Promise<LoadResult> {
	const { url, warmUpS, seconds, perSecond } = options
	const histogram = createHistogram()
	const start = performance.now()
	const begin = start + warmUpS * 1_000
	const due: number[] = []
	const idle: Lane[] = []
	const lanes: Lane[] = []
	let allUnits = 0
	let begun = 0

	return new Promise((resolve, reject) => {
		const end = () => {
			clearInterval(ticks)
			clearTimeout(watch)
			for (const lane of lanes) lane.close()
		}
		const fail = (error: Error) => {
			end()
			reject(error)
		}
		const watch = setTimeout(
			() => fail(new Error(`${due.length} requests are still to be sent, ${lanes.length - idle.length} to be answered`)),
			(warmUpS + seconds) * 1_000 + ANSWER_TIMEOUT_MS,
		)
		const onDone = (lane: Lane, dueAt: number) => {
			allUnits++
			if (dueAt >= begin) histogram.record(Math.max(1, Math.round((performance.now() - dueAt) * NS_PER_MS)))
			idle.push(lane)
		}
		for (const shopper of shoppers) {
			const lane = openLane(shopper, { url, onDone, onFault: fail })
			lanes.push(lane)
			idle.push(lane)
		}
		const finish = () => {
			end()
			// Who is late takes longer than the time given.
			const took = Math.max(seconds, (performance.now() - begin) / 1_000)
			const acknowledged = sumOf(shoppers.map((shopper) => shopper.acknowledged?.() ?? {}))
			const [p50, p99] = [histogram.percentile(50) / NS_PER_MS, histogram.percentile(99) / NS_PER_MS]
			resolve({ units: histogram.count, allUnits, seconds: took, perSecond: histogram.count / took, p50, p99, acknowledged })
		}
		const units = Math.round((warmUpS + seconds) * perSecond)
		const tick = () => {
			while (begun < units && start + (begun / perSecond) * 1_000 <= performance.now())
				due.push(start + (begun++ / perSecond) * 1_000)
			while (due.length > 0 && idle.length > 0) idle.shift()?.start(due.shift() ?? start)
			if (begun === units && due.length === 0 && idle.length === lanes.length) finish()
		}
		const ticks = setInterval(tick, TICK_MS)
	})
}

/** A shopper with its connection: one unit at a time. */
type Lane = { start(dueAt: number): void; close(): void }

type LaneOptions = {
	readonly url: URL
	readonly onDone: (lane: Lane, dueAt: number) => void
	readonly onFault: (error: Error) => void
}

function openLane(shopper: Shopper, { url, onDone, onFault }: LaneOptions): Lane {
	let dueAt = 0
	let sentAt = 0
	const send = (connection: Connection) => {
		const request = shopper.next()
		if (request === undefined) return onFault(new Error('a shopper has nothing left to do'))
		sentAt = performance.now()
		connection.send(request)
	}
	const connection = openConnection({
		url,
		onFault,
		onAnswer(answer) {
			if (shopper.check(answer, performance.now() - sentAt) === undefined) send(connection)
			else onDone(lane, dueAt)
		},
	})
	const lane: Lane = {
		start(at) {
			dueAt = at
			send(connection)
		},
		close: connection.close,
	}
	return lane
}
