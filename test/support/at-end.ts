import { after } from 'node:test'

const waiting: (() => Promise<unknown>)[] = []

/**
 * Does something when the test file is done, the last thing first. `after` itself, called within `before`, would run as soon
 * as that hook is done.
 */
export const atEnd = (close: () => Promise<unknown>): void => void waiting.push(close)

after(async () => {
	for (let close = waiting.pop(); close !== undefined; close = waiting.pop()) await close()
})
