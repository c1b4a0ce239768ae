import { createHistogram } from 'node:perf_hooks'
import { openConnection } from './connection.ts'
import type { Shopper } from './shopper.ts'

export type LoopOptions = { readonly url: URL; readonly warmUpS: number; readonly seconds: number }

/** What a run of the load came to. Latencies in ms. */
export type LoadResult = {
	readonly units: number
	/** With those of the warm-up. */
	readonly allUnits: number
	readonly seconds: number
	readonly perSecond: number
	readonly p50: number
	readonly p99: number
	readonly acknowledged: Readonly<Record<string, number>>
}

export const ANSWER_TIMEOUT_MS = 15_000
export const NS_PER_MS = 1e6

/** Runs all shoppers at once for the time given, and ends when each has its last answer. Rejects at the first wrong answer. */
export async function runClosedLoop(shoppers: readonly Shopper[], options: LoopOptions): Promise<LoadResult> {
	const histogram = createHistogram()
	const begin = performance.now() + options.warmUpS * 1_000
	const end = begin + options.seconds * 1_000
	let allUnits = 0
	const record = (unitMs: number, now: number) => {
		allUnits++
		if (now >= begin && now < end) histogram.record(Math.max(1, Math.round(unitMs * NS_PER_MS)))
	}
	await Promise.all(shoppers.map((shopper) => runShopper(shopper, { url: options.url, end, record })))
	// Whoever has nothing left to do ends before the time is over.
	const seconds = Math.min(performance.now() - begin, options.seconds * 1_000) / 1_000
	return {
		units: histogram.count,
		allUnits,
		seconds,
		perSecond: histogram.count / seconds,
		p50: histogram.percentile(50) / NS_PER_MS,
		p99: histogram.percentile(99) / NS_PER_MS,
		acknowledged: sumOf(shoppers.map((shopper) => shopper.acknowledged?.() ?? {})),
	}
}

type ShopperRun = { readonly url: URL; readonly end: number; readonly record: (unitMs: number, now: number) => void }

function runShopper(shopper: Shopper, { url, end, record }: ShopperRun): Promise<void> {
	return new Promise((resolve, reject) => {
		let sentAt = 0
		let inUnit = false
		const fail = (error: Error) => {
			clearInterval(watch)
			connection.close()
			reject(error)
		}
		const watch = setInterval(() => {
			if (performance.now() - sentAt > ANSWER_TIMEOUT_MS) fail(new Error('an answer did not come in time'))
		}, ANSWER_TIMEOUT_MS)
		const send = () => {
			const request = inUnit || performance.now() < end ? shopper.next() : undefined
			if (request === undefined) {
				clearInterval(watch)
				connection.close()
				return resolve()
			}
			sentAt = performance.now()
			connection.send(request)
		}
		const connection = openConnection({
			url,
			onFault: fail,
			onAnswer(answer) {
				const now = performance.now()
				const unitMs = shopper.check(answer, now - sentAt)
				inUnit = unitMs === undefined
				if (unitMs !== undefined) record(unitMs, now)
				send()
			},
		})
		send()
	})
}

/** Adds up by name. */
export function sumOf(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
	const sum: Record<string, number> = {}
	for (const count of counts) for (const [name, value] of Object.entries(count)) sum[name] = (sum[name] ?? 0) + value
	return sum
}
