import type { Worker } from 'node:cluster'
import { AggregatorRegistry, type Registry } from 'prom-client'
import { ASK_FOR_METRICS, type MetricsReading, readTold } from './messages.ts'

/** A member that does not answer by then is counted as it was the last time. */
const ANSWER_TIMEOUT_MS = 1_000

/** What all processes of a crew have counted, added up. */
export type Readings = {
	/** Takes a new member in, until it ends. */
	follow(member: Worker): void
	/** The sum of all members and of this process, as text for Prometheus. */
	sum(own: Registry): Promise<string>
}

export function createReadings(): Readings {
	const last = new Map<Worker, MetricsReading>()
	const waiting = new Map<Worker, Set<() => void>>()
	/** What those have counted that have ended, folded into one. */
	let former: Promise<MetricsReading> = Promise.resolve([])

	const answered = (member: Worker) => {
		for (const done of waiting.get(member) ?? []) done()
		waiting.delete(member)
	}
	const ask = (member: Worker) =>
		new Promise<void>((resolve) => {
			const timeout = setTimeout(resolve, ANSWER_TIMEOUT_MS)
			const done = () => {
				clearTimeout(timeout)
				resolve()
			}
			waiting.set(member, (waiting.get(member) ?? new Set()).add(done))
			if (member.isConnected()) member.send(ASK_FOR_METRICS, (error: Error | null) => error && answered(member))
			else answered(member)
		})
	return {
		follow(member) {
			last.set(member, [])
			member.on('message', (message: unknown) => {
				const told = readTold(message)
				if (told?.told !== 'metrics' || !last.has(member)) return
				last.set(member, told.metrics)
				answered(member)
			})
			member.once('exit', () => {
				former = fold(former, (last.get(member) ?? []).filter(onlyGrows))
				last.delete(member)
				answered(member)
			})
		},
		async sum(own) {
			await Promise.all([...last.keys()].map(ask))
			// All at one moment: who ends meanwhile must be in one of the two, and not in both.
			const living = [...last.values()]
			const [mine, gone] = await Promise.all([own.getMetricsAsJSON(), former])
			return AggregatorRegistry.aggregate([mine, gone, ...living]).metrics()
		},
	}
}

/** A sum that fell because a member has ended would look like a new start of all, and be counted twice by `rate`. */
const onlyGrows = (metric: object): boolean => 'type' in metric && (metric.type === 'counter' || metric.type === 'histogram')

async function fold(former: Promise<MetricsReading>, reading: MetricsReading): Promise<MetricsReading> {
	return readingOf(await AggregatorRegistry.aggregate([await former, reading]).getMetricsAsJSON())
}

const readingOf = (metrics: readonly object[]): MetricsReading =>
	metrics.flatMap((metric) => ('name' in metric && typeof metric.name === 'string' ? [{ ...metric, name: metric.name }] : []))
