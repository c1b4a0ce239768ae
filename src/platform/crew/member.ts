import cluster from 'node:cluster'
import type { Registry } from 'prom-client'
import { addProcessMetrics } from '../telemetry/metrics.ts'
import { ASK_FOR_METRICS, type Told } from './messages.ts'

/** Tells the first process something; resolves when it is on its way, or when nobody is there to be told. */
const tell = (told: Told): Promise<void> =>
	new Promise((resolve) => {
		if (process.send === undefined || !process.connected) resolve()
		else process.send(told, undefined, undefined, () => resolve())
	})

/** Why this member could not start: the first process decides who gets to read it. */
export const tellFailure = (reason: string): Promise<void> => tell({ told: 'failed', reason })

export type Membership = {
	/** Where this member serves. */
	readonly url: string
	readonly registry: Registry
	/** Finishes what runs and ends the process. */
	readonly close: (why: string) => void
}

/** A member's life after its start: it answers the first process, and closes when that one says so or is gone. */
export async function joinCrew({ url, registry, close }: Membership): Promise<void> {
	addProcessMetrics(registry)
	process.on('message', (message: unknown) => {
		if (message !== ASK_FOR_METRICS) return
		void registry.getMetricsAsJSON().then((metrics) => tell({ told: 'metrics', metrics }))
	})
	// Ctrl-C reaches the whole group of the terminal: the first process sees it too, and says what is to be done.
	process.on('SIGINT', () => undefined)
	// Again, and not once: a supervisor may send it to the whole group, and then the first process does.
	process.on('SIGTERM', () => close('asked to'))
	const { worker } = cluster
	worker?.on('disconnect', () => {
		// Left to itself, Node ends a member at once whose first process was killed, in the middle of its requests.
		worker.exitedAfterDisconnect = true
		close('the first process is gone')
	})
	await tell({ told: 'serving', url })
}
