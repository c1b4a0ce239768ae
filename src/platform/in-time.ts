import { setTimeout as sleep } from 'node:timers/promises'

/** Whether the work is done in time; it goes on when it is not. Throws what the work throws, if that comes in time. */
export async function inTime(work: Promise<unknown>, timeoutMs: number): Promise<boolean> {
	const deadline = new AbortController()
	const late = sleep(timeoutMs, false, { signal: deadline.signal }).catch(() => false)
	try {
		return await Promise.race([work.then(() => true), late])
	} finally {
		deadline.abort()
	}
}
