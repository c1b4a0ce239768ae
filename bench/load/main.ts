import { type LoadResult, runClosedLoop } from './closed-loop.ts'
import { type Job, shoppersOf } from './jobs.ts'

/** What the process is sent, once. */
export type LoadOrder = {
	readonly url: string
	readonly job: Job
	readonly connections: number
	readonly warmUpS: number
	readonly seconds: number
}
/** What it answers with. */
export type LoadReport = { readonly result: LoadResult } | { readonly fault: string }

process.once('message', (order: LoadOrder) => {
	const shoppers = shoppersOf(order.job, order.connections)
	void runClosedLoop(shoppers, { url: new URL(order.url), warmUpS: order.warmUpS, seconds: order.seconds })
		.then(
			(result): LoadReport => ({ result }),
			(error: unknown): LoadReport => ({ fault: error instanceof Error ? error.message : String(error) }),
		)
		.then((report) => process.send?.(report, () => process.disconnect()))
})
