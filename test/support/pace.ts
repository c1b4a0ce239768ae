import { setTimeout as sleep } from 'node:timers/promises'

/** How often something is begun, and how many of it may be under way: who is slower than that is left out, and counted. */
export type Pace = { readonly perSecond: number; readonly atOnceMax: number }

export type Paced = {
	readonly begun: number
	/** Not begun, for too many were under way. */
	readonly leftOut: number
}

/**
 * Does something at a constant rate until `over`, whether or not what was begun before is done, as people do who know nothing of each
 * other. Resolves when all that was begun is done. What an act rejects with goes to `onFault`.
 */
export async function keepPace(
	{ perSecond, atOnceMax }: Pace,
	over: AbortSignal,
	act: (turn: number) => Promise<unknown>,
	onFault: (error: unknown) => void,
): Promise<Paced> {
	const underWay = new Set<Promise<unknown>>()
	const startedAt = performance.now()
	let begun = 0
	let leftOut = 0
	for (let due = 1; ; due++) {
		const waitMs = startedAt + (due * 1_000) / perSecond - performance.now()
		await pause(Math.max(0, waitMs), over)
		if (over.aborted) break
		if (underWay.size >= atOnceMax) {
			leftOut++
			continue
		}
		const acting: Promise<unknown> = act(++begun)
			.catch(onFault)
			.finally(() => underWay.delete(acting))
		underWay.add(acting)
	}
	await Promise.all(underWay)
	return { begun, leftOut }
}

/** Waits so long, or until it is over. */
export const pause = (ms: number, over: AbortSignal): Promise<void> =>
	sleep(ms, undefined, { signal: over }).catch((error: unknown) => {
		if (!over.aborted) throw error
	})
