import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from './children.ts'
import { type Cost, costOf, spentBy } from './service-load.ts'
import type { Bench } from './workload.ts'

const LOOK_EVERY_MS = 100
/** Without a step forward for so long, something is wrong. */
const PATIENCE_MS = 60_000

/** What a service made of a pile of work. */
export type Progress = Cost & { readonly perSecond: number }

/** Watches a service from the first unit that is seen done to the last one; `done` counts them. Throws when it gets stuck. */
export async function watchProgress(
	{ ground }: Pick<Bench, 'ground'>,
	service: Server,
	{ units, done }: { readonly units: number; readonly done: () => Promise<number> },
): Promise<Progress> {
	const awaitMoreThan = async (before: number): Promise<number> => {
		const deadline = performance.now() + PATIENCE_MS
		for (;;) {
			const now = await done()
			if (now > before) return now
			if (performance.now() > deadline) throw new Error(`${before} of ${units} are done, and nothing more comes`)
			await sleep(LOOK_EVERY_MS)
		}
	}
	const first = await awaitMoreThan(0)
	const [began, before] = [performance.now(), await spentBy(service, ground)]
	for (let now = first; now < units; ) {
		await sleep(LOOK_EVERY_MS)
		now = await awaitMoreThan(now)
	}
	const [seconds, after] = [(performance.now() - began) / 1_000, await spentBy(service, ground)]
	const watched = units - first
	if (watched === 0) throw new Error(`all ${units} were done at the first look: too few to tell how fast`)
	return { perSecond: watched / seconds, ...costOf(before, after, watched) }
}
