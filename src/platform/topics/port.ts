/**
 * The edge to the other services, whatever carries the messages.
 *
 * Two implementations keep the same promises: Apache Kafka (`kafka.ts`) and a log in PostgreSQL (`embedded.ts`). Delivery is
 * at least once; messages with the same key come in the order they were published; a group remembers how far it has read.
 */

/** A message's headers by name. Names may stand once only; values are text. */
export type Headers = Readonly<Record<string, string>>

export type OutgoingMessage = {
	readonly topic: string
	/** Messages of one key keep their order. Null spreads them. */
	readonly key: Buffer | null
	/** Null is a tombstone: the key is withdrawn. */
	readonly value: Buffer | null
	readonly headers: Headers
}

export type IncomingMessage = OutgoingMessage & {
	readonly partition: number
	readonly offset: bigint
	/** When it was published, by the publisher's clock on Kafka, by the database's in the embedded log. */
	readonly publishedAt: Date
}

/** How a topic is made when it is missing. */
export type TopicSpec = {
	readonly name: string
	readonly retentionMs: number
	/** Keep the last message of each key for ever. */
	readonly compacted: boolean
	/** The largest message it takes, in bytes. */
	readonly maxMessageBytes: number
}

/** Why a message of a batch was not sent. */
export type UnsentMessage = {
	readonly index: number
	readonly reason: string
	/**
	 * It can never be sent (too large, a topic that does not exist), and the rest of the batch is unaffected. If not, its topic takes
	 * nothing there for now: whoever sends it again sends nothing before it that follows it under its key. Of these it may not be known
	 * whether they were stored.
	 */
	readonly forGood: boolean
}

export type ConsumerOptions = {
	readonly group: string
	readonly topic: string
	/** At most this many messages in one call of `handle`. */
	readonly batchMax: number
	/** How long a batch may gather before it is handled, in milliseconds. */
	readonly gatherMs: number
	/**
	 * Handles a batch whole: when it resolves, the batch's offsets are committed; when it throws, nothing is and the same
	 * messages come again after a pause. It must therefore have the effect of each message at most once by itself.
	 */
	readonly handle: (batch: readonly IncomingMessage[]) => Promise<void>
}

export type Consumer = {
	/** Takes no new batch, waits for the one in hand and its commit, and leaves the group. */
	close(): Promise<void>
}

export type ReadOptions = {
	/** From the first message that is still kept, or only what comes after the call. */
	readonly fromBeginning: boolean
	/** Stay at the end and wait for more. Without it the iteration ends at what was the end when the call was made. */
	readonly follow: boolean
	readonly signal?: AbortSignal
}

/** How far a group is behind a topic. */
export type TopicLag = {
	readonly topic: string
	/** Messages that it has not worked off; of a compacted topic at most so many. */
	readonly waiting: number
	/** When the first of them was published; null where none waits, or nobody can say. */
	readonly oldestAt: Date | null
}

export type Topics = {
	readonly kind: 'kafka' | 'embedded'
	/** Makes what is missing, where the broker allows it. Returns the names that are missing still. */
	ensureTopics(specs: readonly TopicSpec[]): Promise<string[]>
	/**
	 * Sends in the order given and resolves when all but those returned are stored safely. Throws when nothing is known to be stored,
	 * for nobody answers.
	 */
	publishBatch(messages: readonly OutgoingMessage[]): Promise<UnsentMessage[]>
	runConsumer(options: ConsumerOptions): Consumer
	/** Reads without a group and without a trace: for the command line and the inbox. */
	read(topic: string, options: ReadOptions): AsyncIterable<IncomingMessage>
	/** How far a group is behind these topics, without those of which nothing can be said. Throws when that takes longer. */
	lagOf(group: string, topics: readonly string[], deadlineMs: number): Promise<TopicLag[]>
	close(): Promise<void>
}
