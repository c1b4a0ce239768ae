import type { IncomingMessage, ReadOptions } from '../platform/topics/port.ts'
import { reasonOf } from '../platform/telemetry/reason.ts'
import { readSettings } from './ground.ts'
import { type TopicsGround, withTopics } from './topics-ground.ts'
import { writeLine } from './message-lines.ts'
import type { Terminal } from './terminal.ts'
import { topicHint } from './topic-hint.ts'

export type TailOptions = Pick<ReadOptions, 'fromBeginning' | 'follow'>

/**
 * Prints a line for each message of a topic: those that are kept, those to come, or both. Following ends by Ctrl-C, or when
 * nobody reads the lines any more.
 */
export async function tailTopic(
	topic: string,
	options: TailOptions,
	{ print, say, ending, interrupted }: Terminal,
): Promise<void> {
	await withTopics(readSettings(), {}, async (ground) => {
		for await (const message of messagesOf(ground, topic, { ...options, signal: ending })) {
			await print(writeLine(message))
			if (ending.aborted) break
		}
	})
	if (!options.fromBeginning && !options.follow)
		say('Only what comes is shown: add --follow to wait for it, or --from-beginning.')
	if (interrupted.aborted && !options.follow) throw new Error('Cut short.')
}

async function* messagesOf(
	{ topics, topicNames }: TopicsGround,
	topic: string,
	options: ReadOptions,
): AsyncGenerator<IncomingMessage> {
	try {
		yield* topics.read(topic, options)
	} catch (error) {
		throw new Error(reasonOf(error) + topicHint(topic, topicNames), { cause: error })
	}
}
