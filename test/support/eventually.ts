import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from './client.ts'

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

/**
 * Asks as clients are told to: again while the answer is 503. On a busy machine the shop may say so to some of many who come at
 * once.
 */
export const insistently = (ask: () => Promise<Answer>): Promise<Answer> =>
	eventually(async () => {
		const answer = await ask()
		if (answer.status === 503) throw new Error(`503 ${answer.text}`)
		return answer
	})
