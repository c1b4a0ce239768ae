import { type LoadResult, runClosedLoop } from './closed-loop.ts'
import { type Job, shoppersOf } from './jobs.ts'
import { runOpenLoop } from './open-loop.ts'

/** What the process is sent, once. */
export type LoadOrder = {
	readonly url: string
	readonly job: Job
	readonly connections: number
	/** Begins so many units a second; without it each connection begins the next when the one before is done. */
	readonly perSecond?: number
	readonly warmUpS: number
	readonly seconds: number
}
/** What it answers with. */
export type LoadReport = { readonly result: LoadResult } | { readonly fault: string }

process.once('message', (order: LoadOrder) => {
	const shoppers = shoppersOf(order.job, order.connections)
	const { warmUpS, seconds, perSecond } = order
	const options = { url: new URL(order.url), warmUpS, seconds }
	void (perSecond === undefined ? runClosedLoop(shoppers, options) : runOpenLoop(shoppers, { ...options, perSecond }))
		.then(
			(result): LoadReport => ({ result }),
			(error: unknown): LoadReport => ({ fault: error instanceof Error ? error.message : String(error) }),
		)
		.then((report) => process.send?.(report, () => process.disconnect()))
})
