/** Waiting that can be cut short: for loops that poll in case a signal is lost. */
export type Waker = {
	/** Ends the wait that is going on, or the next one at once. */
	wake(): void
	/** Resolves after `ms`, or as soon as somebody wakes it. */
	wait(ms: number): Promise<void>
}

export function createWaker(): Waker {
	let awake = false
	let finish: (() => void) | undefined
	return {
		wake() {
			awake = true
			finish?.()
		},
		async wait(ms) {
			if (!awake) {
				const { promise, resolve } = Promise.withResolvers<void>()
				const timer = setTimeout(resolve, ms)
				finish = resolve
				await promise
				clearTimeout(timer)
				finish = undefined
			}
			awake = false
		},
	}
}
