import { after } from 'node:test'

const waiting: (() => Promise<unknown>)[] = []

/**
 * Does something when the test file is done, the last thing first. `after` itself, called within `before`, would run as soon
 * as that hook is done.
 */
export const atEnd = (close: () => Promise<unknown>): void => void waiting.push(close)

after(async () => {
	const failed: unknown[] = []
	// One that fails keeps none of the others: what stays open would keep the file from ending.
	for (let close = waiting.pop(); close !== undefined; close = waiting.pop()) {
		await close().catch((error: unknown) => failed.push(error))
	}
	if (failed.length === 1) throw failed[0]
	if (failed.length > 1) throw new AggregateError(failed, failed.map(String).join('; '))
})
