import type { TopicNames } from '../events/topics.ts'
import { topicSpecs } from '../topics.ts'

/** What may help whoever asked for a topic in vain: empty for one of the service's own. */
export function topicHint(topic: string, names: TopicNames): string {
	const known = topicSpecs(names).map(({ name }) => name)
	return known.includes(topic) ? '' : `\nThe topics of the service are:\n${known.map((name) => `  ${name}`).join('\n')}`
}
