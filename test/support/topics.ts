import type { TopicNames } from '../../src/events/topics.ts'
import type { Service } from '../../src/modules/service.ts'
import type { Headers, IncomingMessage, OutgoingMessage } from '../../src/platform/topics/port.ts'
import { eventually } from './eventually.ts'

export type TopicKey = keyof TopicNames

/** A message as the tests look at it. */
export type Message = {
	readonly key: string | null
	readonly headers: Headers
	// biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it finds
	readonly value: any
	readonly raw: IncomingMessage
}

export type Publication = { readonly key?: string | null; readonly value: unknown; readonly headers?: Headers }

/** The topics as the other services see them. */
export type TestTopics = {
	/** Publishes JSON values (Buffers as they are, null as a tombstone); the key is the value's `order_id` or `id` unless given. */
	publish(topic: TopicKey, ...messages: Publication[]): Promise<void>
	/** Everything that stands on the topic now, oldest first. */
	read(topic: TopicKey | `${TopicKey}.dlq`): Promise<Message[]>
	/** Waits until a message fits and returns it. */
	find(topic: TopicKey | `${TopicKey}.dlq`, fits: (message: Message) => boolean): Promise<Message>
}

export function testTopics({ topics, topicNames }: Pick<Service, 'topics' | 'topicNames'>): TestTopics {
	const nameOf = (topic: string): string => {
		const name = Object.entries(topicNames).find(([key]) => key === topic.replace(/\.dlq$/, ''))?.[1]
		if (name === undefined) throw new Error(`no such topic: ${topic}`)
		return topic.endsWith('.dlq') ? `${name}.dlq` : name
	}
	const read: TestTopics['read'] = async (topic) => {
		const messages: Message[] = []
		for await (const raw of topics.read(nameOf(topic), { fromBeginning: true, follow: false })) messages.push(messageOf(raw))
		return messages
	}
	return {
		read,
		async publish(topic, ...messages) {
			const refused = await topics.publishBatch(messages.map((message) => outgoingOf(nameOf(topic), message)))
			if (refused.length > 0) throw new Error(`refused: ${refused.map(({ reason }) => reason).join(', ')}`)
		},
		find: (topic, fits) =>
			eventually(async () => {
				const found = (await read(topic)).find(fits)
				if (found === undefined) throw new Error(`no such message on ${topic} yet`)
				return found
			}),
	}
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function outgoingOf(topic: string, { key, value, headers = {} }: Publication): OutgoingMessage {
	const own = isObject(value) ? (value['order_id'] ?? value['id']) : undefined
	const chosen = key === undefined ? (typeof own === 'string' || typeof own === 'number' ? String(own) : null) : key
	const bytes = value === null ? null : Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))
	return { topic, key: chosen === null ? null : Buffer.from(chosen), value: bytes, headers }
}

function messageOf(raw: IncomingMessage): Message {
	const text = raw.value?.toString() ?? 'null'
	return { key: raw.key?.toString() ?? null, headers: raw.headers, value: parseOr(text), raw }
}

function parseOr(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch (error) {
		if (error instanceof SyntaxError) return text
		throw error
	}
}
