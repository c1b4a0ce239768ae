import { setTimeout as sleep } from 'node:timers/promises'

const TIMEOUT_MS = 20_000
const PAUSE_MS = 20

/** Tries until it does not throw, and returns its result; after the deadline the last error is thrown. */
export async function eventually<Result>(attempt: () => Promise<Result>, timeoutMs = TIMEOUT_MS): Promise<Result> {
	const deadline = performance.now() + timeoutMs
	for (;;) {
		try {
			return await attempt()
		} catch (error) {
			if (performance.now() > deadline) throw error
			await sleep(PAUSE_MS)
		}
	}
}
