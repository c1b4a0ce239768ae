import { after } from 'node:test'

/** Of a terminal at Ctrl+C, which all of its processes get; of the runner to a file that takes too long; of a terminal that is gone. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** Once it is broken off. What takes longer stays behind. */
const CLOSED_WITHIN_MS = 20_000

const waiting: (() => Promise<unknown>)[] = []

/**
 * Does something when the test file is done or is broken off by a signal, the last thing first. `after` itself, called within `before`,
 * would run as soon as that hook is done.
 */
export const atEnd = (close: () => Promise<unknown>): void => void waiting.push(close)

/** Returns what went wrong. */
async function closeAll(): Promise<unknown[]> {
	const failed: unknown[] = []
	// One that fails keeps none of the others: what stays open would keep the file from ending.
	for (let close = waiting.pop(); close !== undefined; close = waiting.pop()) {
		await close().catch((error: unknown) => failed.push(error))
	}
	return failed
}

after(async () => {
	const failed = await closeAll()
	if (failed.length === 1) throw failed[0]
	if (failed.length > 1) throw new AggregateError(failed, failed.map(String).join('; '))
})

let broken = false
/** A second signal of the same kind ends the process at once. */
for (const signal of SIGNALS) process.once(signal, breakOff)

function breakOff(): void {
	// After Ctrl+C the runner gives its files up as well.
	if (broken) return
	broken = true
	setTimeout(() => process.exit(1), CLOSED_WITHIN_MS)
	void closeAll().then(() => process.exit(1))
}
