import { setTimeout as sleep } from 'node:timers/promises'

/** From this many requests a second on, customers wait for answers of this process, and work that can wait gives way to them. */
const BUSY_PER_SECOND = 50
/** How often it looks whether they do. */
const LOOK_EVERY_MS = 100
/** After each chunk what gives way rests so many times as long as that took. */
const REST_PER_WORK = 80
/** However long it took: on a machine that has more to do than it can, work that gives way comes to its end, too. */
const REST_MAX_MS = 100

/**
 * The chunks as they come, with rests while this process answers requests: what is not read is not made either, so the database
 * rests as well. Reports and exports have time; placing an order beside one at full speed takes four times as long (ADR 23).
 * `answered` tells how many requests were answered since the start.
 */
export async function* givingWay<Chunk>(source: AsyncIterable<Chunk>, answered: () => number): AsyncGenerator<Chunk, void> {
	let looked = { at: performance.now(), answered: answered() }
	// Until it has looked it rests, but not for long: a small export in a quiet shop is to be there at once.
	let busy: boolean | undefined
	let beganAt = performance.now()
	for await (const chunk of source) {
		yield chunk
		const now = performance.now()
		if (now - looked.at >= LOOK_EVERY_MS) {
			const seen = { at: now, answered: answered() }
			busy = ((seen.answered - looked.answered) * 1_000) / (seen.at - looked.at) >= BUSY_PER_SECOND
			looked = seen
		}
		if (busy !== false) await sleep(Math.min((now - beganAt) * REST_PER_WORK, REST_MAX_MS))
		beganAt = performance.now()
	}
}
