import cluster, { type Worker } from 'node:cluster'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { readTold } from './messages.ts'
import { createReadings } from './readings.ts'

/** How one that ends is started again: after `firstMs`, then twice as long each time up to `mostMs`, `triesMax` times in a row. */
type Retry = { readonly firstMs: number; readonly mostMs: number; readonly triesMax: number; readonly steadyMs: number }

/** Nine tries take 81 s: longer than a failover of the database. Who has served for a minute begins anew. */
const RETRY: Retry = { firstMs: 200, mostMs: 30_000, triesMax: 9, steadyMs: 60_000 }

export type CrewOptions = {
	readonly size: number
	readonly log: Logger
	readonly retry?: Retry
}

/** Processes that serve HTTP on one port together, started and watched by the first process. */
export type Crew = {
	/**
	 * Starts all, with these environment variables beside those of this process, and resolves with where they serve when each of
	 * them does. Rejects with its reason when one says that it can't start.
	 */
	start(environment: Readonly<Record<string, string>>): Promise<string>
	/** Resolves, with what to tell, when a member ends again and again; otherwise never. */
	readonly failure: Promise<Error>
	/** Whether one serves now, and will go on: not once they are to close. */
	isServing(): boolean
	/** The metrics of this process and all members, added up, as text for Prometheus. */
	sumMetrics(own: Registry): Promise<string>
	/** Has all of them finish what runs and end. */
	close(): Promise<void>
}

type Member = { readonly worker: Worker; serving: boolean; reason?: string }
/** How a member ended. */
type End = { readonly reason: string; readonly told: boolean; readonly livedMs: number }

export function createCrew({ size, log, retry = RETRY }: CrewOptions): Crew {
	// Not left to NODE_CLUSTER_SCHED_POLICY: see docs/adr/0032.
	cluster.schedulingPolicy = cluster.SCHED_RR
	cluster.setupPrimary({ serialization: 'advanced' })
	const members = new Set<Member>()
	const readings = createReadings()
	const stop = new AbortController()
	const { promise: failure, resolve: fail } = Promise.withResolvers<Error>()
	const { promise: complete, resolve: isComplete } = Promise.withResolvers<string>()
	let started = false
	let running: Promise<unknown> | undefined

	const serves = (member: Member, url: string) => {
		member.serving = true
		if (started || [...members].filter(({ serving }) => serving).length < size) return
		started = true
		isComplete(url)
	}
	const run = async (environment: Readonly<Record<string, string>>): Promise<End> => {
		const worker = cluster.fork(environment)
		const member: Member = { worker, serving: false }
		const since = performance.now()
		members.add(member)
		readings.follow(worker)
		worker.on('message', (message: unknown) => {
			const told = readTold(message)
			if (told?.told === 'serving') serves(member, told.url)
			if (told?.told === 'failed') member.reason = told.reason
		})
		const end = await endOf(worker, log)
		members.delete(member)
		return { reason: member.reason ?? end, told: member.reason !== undefined, livedMs: performance.now() - since }
	}
	const keep = async (environment: Readonly<Record<string, string>>) => {
		for (let ends = 0; !stop.signal.aborted; ) {
			const { reason, told, livedMs } = await run(environment)
			if (stop.signal.aborted) return
			ends = livedMs < retry.steadyMs ? ends + 1 : 1
			// What one can't do at the start, none can: a port that is taken is told of at once.
			if (told && !started) return fail(new Error(reason))
			if (ends > retry.triesMax)
				return fail(
					new Error(`A process that serves HTTP (WORKERS) ended ${ends} times in a row, so nothing is left to try: ${reason}`),
				)
			const retryMs = Math.min(retry.firstMs * 2 ** (ends - 1), retry.mostMs)
			log.error({ reason, retry_ms: retryMs, ends }, 'a process that serves HTTP (WORKERS) has ended and is started again')
			await sleep(retryMs, undefined, { signal: stop.signal }).catch(() => undefined)
		}
	}
	// Whoever ends without waiting for the close, by a second signal or after its time, leaves nobody behind.
	process.once('exit', () => {
		if (stop.signal.aborted) for (const { worker } of members) worker.process.kill('SIGKILL')
	})
	return {
		failure,
		async start(environment) {
			running = Promise.all(Array.from({ length: size }, () => keep(environment)))
			const outcome = await Promise.race([complete, failure])
			if (outcome instanceof Error) throw outcome
			return outcome
		},
		isServing: () => !stop.signal.aborted && [...members].some(({ serving }) => serving),
		sumMetrics: (own) => readings.sum(own),
		async close() {
			stop.abort()
			for (const { worker } of members) worker.process.kill('SIGTERM')
			await running
		},
	}
}

/** Waits for a process to end, and says how it did. */
function endOf(worker: Worker, log: Logger): Promise<string> {
	return new Promise((resolve) => {
		worker.once('exit', (code: number | null, signal: string | null) =>
			resolve(`process ${worker.process.pid} ended ${signal === null ? `with exit code ${code}` : `by ${signal}`}`),
		)
		worker.on('error', (error) => {
			// Without a number it was never born, and no end of it is told of.
			if (worker.process.pid === undefined) resolve(`no process could be started: ${error.message}`)
			else log.warn({ err: error, member_pid: worker.process.pid }, 'a process that serves HTTP (WORKERS) could not be reached')
		})
	})
}
