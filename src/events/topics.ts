/** How long a topic keeps its messages and how large they may be; the names are settings. */
export type TopicTraits = { readonly retentionMs: number; readonly compacted: boolean; readonly maxMessageBytes: number }

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const MESSAGE_MAX_BYTES = 1024 * 1024
/** Beyond what is applied (1 MB), so that a message that is too large is seen, told of and kept as a dead letter. */
const INBOUND_MAX_BYTES = 12 * 1024 * 1024

const events: TopicTraits = { retentionMs: 7 * DAY_MS, compacted: false, maxMessageBytes: MESSAGE_MAX_BYTES }
const inbound: TopicTraits = { ...events, maxMessageBytes: INBOUND_MAX_BYTES }

/** Every topic of ours or theirs, by what it carries. */
export const TOPIC_TRAITS = {
	products: { ...inbound, compacted: true },
	orderStatus: inbound,
	tracking: inbound,
	notifications: events,
	/** Short: nobody needs a code after it has expired. */
	loginCodes: { ...events, retentionMs: 10 * MINUTE_MS },
	orders: events,
	users: events,
	reports: events,
} as const satisfies Record<string, TopicTraits>

/** A dead letter is the message as it came and the headers that say why. */
const DEAD_LETTER_HEADERS_MAX_BYTES = 64 * 1024
export const DEAD_LETTER_TRAITS: TopicTraits = {
	retentionMs: 30 * DAY_MS,
	compacted: false,
	maxMessageBytes: INBOUND_MAX_BYTES + DEAD_LETTER_HEADERS_MAX_BYTES,
}

export type TopicNames = Readonly<Record<keyof typeof TOPIC_TRAITS, string>>
