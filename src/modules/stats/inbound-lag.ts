import type { TopicLag } from '../../platform/topics/port.ts'
import type { Service } from '../service.ts'

/** What can't be said of a topic is null. */
type InboundTopic = { readonly topic: string; readonly waiting: number | null; readonly oldestAt: Date | null }

export type InboundLag = {
	/** The topics that come in, and how far behind them we are; never fails and never waits for long. */
	read(): Promise<readonly InboundTopic[]>
}

/** Whoever looks at figures does not wait longer for a broker that is away. */
const DEADLINE_MS = 1_500
/** Several who look, or one who compares two periods, ask once. */
const KEPT_MS = 2_000

export function createInboundLag({ topics, topicNames, config, log }: Service): InboundLag {
	const names = [topicNames.products, topicNames.orderStatus, topicNames.tracking]
	let last: { readonly at: number; readonly asked: Promise<readonly InboundTopic[]> } | undefined

	const ask = async (): Promise<readonly InboundTopic[]> => {
		let lags: readonly TopicLag[] = []
		try {
			lags = await topics.lagOf(config.KAFKA_GROUP, names, DEADLINE_MS)
		} catch (error) {
			log.warn({ err: error }, 'how far behind the topics we are can not be said')
		}
		return names.map((topic) => {
			const lag = lags.find((found) => found.topic === topic)
			return { topic, waiting: lag?.waiting ?? null, oldestAt: lag?.oldestAt ?? null }
		})
	}
	return {
		read() {
			const at = performance.now()
			if (last === undefined || at - last.at > KEPT_MS) last = { at, asked: ask() }
			return last.asked
		},
	}
}
