import type { Producer } from '@platformatic/kafka'
import { REPLAY_HEADER } from '../dead-letters/names.ts'
import { answersOf, type PartitionAnswer } from './kafka-answers.ts'
import { type Chunk, halvesOf, type PlacedMessage } from './kafka-chunks.ts'
import { within } from './kafka-client.ts'
import type { UnsentMessage } from './port.ts'

/** One request with all its attempts: enough for a broker to be replaced. */
export const SEND_DEADLINE_MS = 15_000

/**
 * What a broker will say again each time. Not among them, because they heal: rights (somebody forgot to grant them) and times
 * (the clock is wrong).
 */
const REFUSALS: ReadonlySet<string> = new Set([
	'MESSAGE_TOO_LARGE',
	'RECORD_LIST_TOO_LARGE',
	'INVALID_RECORD',
	'INVALID_TOPIC_EXCEPTION',
	'POLICY_VIOLATION',
	'UNSUPPORTED_FOR_MESSAGE_FORMAT',
])

/** No broker has said anything of it: it may be stored or not. */
const NONE = 'no answer'

/** What has become of a batch so far. */
export type Progress = {
	readonly unsent: UnsentMessage[]
	/** Partitions (`topic/partition`) that take nothing for now, and why: what follows there must not go before what waits. */
	readonly blocked: Map<string, string>
	/** Something was stored. */
	stored: boolean
	/** The client may still be trying something: it must be closed before anything else is sent. */
	inDoubt: unknown
}

export const createProgress = (): Progress => ({ unsent: [], blocked: new Map(), stored: false, inDoubt: undefined })

const placeOf = ({ topic, partition }: Pick<Chunk, 'topic' | 'partition'>): string => `${topic}/${partition}`

/** Notes that a chunk waits, and with it whatever is to follow on its partition. */
export function hold(progress: Progress, chunk: Chunk, reason: string): void {
	progress.blocked.set(placeOf(chunk), reason)
	for (const { index } of chunk.messages) progress.unsent.push({ index, reason, forGood: false })
}

/** Sends one request and notes what was not stored. What a broker refuses for good is found by halving: it may be one message of many. */
export async function sendChunks(client: Producer, chunks: readonly Chunk[], progress: Progress): Promise<void> {
	const open: Chunk[] = []
	for (const chunk of chunks) {
		const reason = progress.blocked.get(placeOf(chunk))
		if (reason === undefined) open.push(chunk)
		else hold(progress, chunk, reason)
	}
	if (open.length === 0) return
	let answers: ReadonlyMap<string, PartitionAnswer>
	try {
		const messages = open.flatMap((chunk) => chunk.messages).map(recordOf)
		await within(SEND_DEADLINE_MS, 'sending to Kafka', client.send({ messages }))
		progress.stored = true
		return
	} catch (error) {
		answers = answersOf(error)
		if (open.some((chunk) => !answers.has(placeOf(chunk)))) progress.inDoubt = error
	}
	const refused: Chunk[] = []
	for (const chunk of open) {
		const answer = answers.get(placeOf(chunk)) ?? NONE
		if (answer === 'stored') progress.stored = true
		else if (isRefusal(answer, chunk)) refused.push(chunk)
		else hold(progress, chunk, `the broker does not take it now: ${answer}`)
	}
	for (const chunk of refused) await sendHalves(client, chunk, { progress, answer: answers.get(placeOf(chunk)) ?? NONE })
}

type Refused = { readonly progress: Progress; readonly answer: PartitionAnswer }

async function sendHalves(client: Producer, chunk: Chunk, { progress, answer }: Refused): Promise<void> {
	const [only, ...others] = chunk.messages
	if (only !== undefined && others.length === 0)
		progress.unsent.push({ index: only.index, reason: `the broker refuses it: ${answer}`, forGood: true })
	else if (progress.inDoubt !== undefined) hold(progress, chunk, NONE)
	else for (const half of halvesOf(chunk)) await sendChunks(client, [half], progress)
}

/**
 * A dead letter that is sent again goes to a topic that the service else only reads. Where somebody forgot to grant that, what the
 * service has to tell there must not wait for it.
 */
const isRefusal = (answer: PartitionAnswer, { messages }: Chunk): boolean =>
	REFUSALS.has(answer) ||
	(answer === 'TOPIC_AUTHORIZATION_FAILED' && messages.every(({ message }) => message.headers[REPLAY_HEADER] !== undefined))

function recordOf({ message: { topic, key, value, headers }, partition }: PlacedMessage) {
	return {
		topic,
		partition,
		headers: new Map(Object.entries(headers).map(([name, text]) => [bytesOfName(name), Buffer.from(text)])),
		...(key === null ? {} : { key }),
		...(value === null ? {} : { value }),
	}
}

const NAMES_KEPT_MAX = 100
const keptNames = new Map<string, Buffer>()

/** The names of headers are the same ones in nearly all messages. */
function bytesOfName(name: string): Buffer {
	const bytes = keptNames.get(name) ?? Buffer.from(name)
	if (keptNames.size < NAMES_KEPT_MAX) keptNames.set(name, bytes)
	return bytes
}
