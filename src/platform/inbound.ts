import { Ajv, type ValidateFunction } from 'ajv'
import type { Logger } from 'pino'
import type { Static, TSchema } from 'typebox'
import { beginPastStalePlans } from './db/begin-past-stale-plans.ts'
import type { Sql, Tx } from './db/database.ts'
import { isCancelled, isTransient } from './db/errors.ts'
import type { Signals } from './db/signals.ts'
import { type DeathReason, type KeptLetter, type NewLetter, putLettersAside } from './dead-letters/letters.ts'
import { DEAD_LETTER_SUFFIX } from './dead-letters/names.ts'
import { withFormats } from './formats.ts'
import { createPace, INBOUND_LIMITS, type InboundLimits, limitStatements, type Pace } from './inbound-pace.ts'
import type { Metrics } from './telemetry/metrics.ts'
import { faultsOf } from './http/validation.ts'
import { appendRawMessages, type RawMessage } from './outbox/outbox.ts'
import { findUnstorableText } from './text.ts'
import type { Consumer, Headers, IncomingMessage, Topics } from './topics/port.ts'

/** A message of another service that is well formed. */
export type InboundEvent<Data> = {
	readonly key: string
	/** Null: a tombstone. */
	readonly data: Data | null
	/** When it was published. */
	readonly publishedAt: Date
}

/** Why a message can never be applied; it becomes a dead letter. A word for programs, a colon and a sentence. */
export type Rejection = { readonly reason: string }

/** What to do with the messages of a topic. */
export type Inbound<Schema extends TSchema> = {
	readonly topic: string
	/** The shape of a message's data; unknown fields are ignored. */
	readonly schema: Schema
	readonly tombstones: boolean
	/**
	 * Applies a batch as a part of the transaction: set-based, in the order given. Returns an outcome for each event:
	 * undefined, or why it is rejected. What it throws rolls all of the batch back.
	 */
	readonly apply: (tx: Tx, events: readonly InboundEvent<Static<Schema>>[]) => Promise<(Rejection | undefined)[]>
	/** Called after the commit. */
	readonly afterCommit?: () => void
}

export type InboundDeps = {
	readonly sql: Sql
	readonly topics: Topics
	readonly signals: Signals
	readonly log: Logger
	readonly metrics: Metrics
	/** The consumer group: one for the whole service. */
	readonly group: string
	/** Others than those of the service: for tests. */
	readonly limits?: InboundLimits
}

const GATHER_MS = 50
const BODY_MAX_BYTES = 1024 * 1024
/** A reason may quote the message, and stands in a header. */
const REASON_MAX_CHARACTERS = 1_000

const ajv = withFormats(new Ajv({ allErrors: false, coerceTypes: false, removeAdditional: false, strict: true }))

type Read<Data> = { readonly message: IncomingMessage; readonly event: InboundEvent<Data> | Rejection }

/**
 * Consumes a topic of another service: at least once, out of order and possibly poison. A batch is one transaction, offsets
 * are committed after it; what can't be applied is put aside and goes to the topic's dead letters, with its reason, and the rest
 * goes on. A batch that takes too long is applied in parts.
 */
export function consumeInbound<Schema extends TSchema>(deps: InboundDeps, inbound: Inbound<Schema>): Consumer {
	const { sql, topics, log, group, limits = INBOUND_LIMITS } = deps
	const pace = createPace(limits)
	const validate = ajv.compile<Static<Schema>>(inbound.schema)

	const applyAll = async (batch: readonly Read<Static<Schema>>[]) => {
		const good = batch.flatMap(({ event }) => ('reason' in event ? [] : [event]))
		let dead: NewLetter[] = []
		await beginPastStalePlans(sql, async (tx) => {
			dead = []
			const limited = limitStatements(tx, batch.length > 1 ? limits.togetherMs : limits.aloneMs)
			const [outcomes] = await Promise.all([good.length > 0 ? inbound.apply(tx, good) : [], limited])
			const rejections = new Map(good.map((event, index) => [event, outcomes[index]]))
			for (const { message, event } of batch) {
				const rejection = 'reason' in event ? event : rejections.get(event)
				if (rejection !== undefined) dead.push({ message, reason: reasonOf(rejection) })
			}
			await putAside(tx, dead)
		})
		if (dead.length > 0) tellOfDead(deps, inbound.topic, dead)
		inbound.afterCommit?.()
	}

	/** What is wrong here is wrong with this message: it is put aside, unless it may heal. */
	const applyAlone = async (one: Read<Static<Schema>>) => {
		try {
			await applyAll([one])
		} catch (error) {
			const { message } = one
			const tooSlow = isCancelled(error)
			if (tooSlow ? !pace.isHopeless(message) : isTransient(error)) throw error
			log.error({ err: error, topic: inbound.topic, offset: String(message.offset) }, 'a message could not be applied')
			await applyAll([{ message, event: { reason: tooSlow ? tooSlowReason(limits) : failureOf(error) } }])
		}
	}

	/** Whatever a message holds, reading it must not keep the others from their turn. */
	const read = (message: IncomingMessage): InboundEvent<Static<Schema>> | Rejection => {
		try {
			return readEvent(message, validate, inbound.tombstones)
		} catch (error) {
			log.error({ err: error, topic: inbound.topic, offset: String(message.offset) }, 'a message could not be read')
			return { reason: failureOf(error) }
		}
	}

	const steps = { pace, together: applyAll, alone: applyAlone, log: log.child({ topic: inbound.topic }) }
	return topics.runConsumer({
		group,
		topic: inbound.topic,
		batchMax: limits.batchMax,
		gatherMs: GATHER_MS,
		async handle(messages) {
			const batch = messages.map((message) => ({ message, event: read(message) }))
			for (let done = 0; done < batch.length; ) done += await applyPart(batch.slice(done), steps)
		},
	})
}

type Steps<One> = {
	readonly pace: Pace
	readonly together: (part: readonly One[]) => Promise<void>
	readonly alone: (one: One) => Promise<void>
	readonly log: Logger
}

/**
 * Applies the beginning of what is left, as much as the pace allows, and returns how much that was. Of a part that took too long
 * nothing was: it is tried again, smaller.
 */
async function applyPart<One>(left: readonly One[], { pace, together, alone, log }: Steps<One>): Promise<number> {
	const part = left.slice(0, pace.size())
	const [first, ...others] = part
	if (first !== undefined && others.length === 0) await alone(first)
	else {
		try {
			await together(part)
		} catch (error) {
			if (isCancelled(error)) {
				log.warn({ err: error, size: part.length }, 'a batch took too long and is applied in smaller parts')
				pace.tooSlow(part.length)
				return 0
			}
			if (isTransient(error)) throw error
			log.warn({ err: error, size: part.length }, 'a batch failed and is applied one by one')
			for (const one of part) await alone(one)
		}
	}
	pace.wentThrough()
	return part.length
}

/** Keeps what can't be applied, and sends it to the topic's dead letters. */
async function putAside(tx: Tx, dead: readonly NewLetter[]): Promise<void> {
	if (dead.length === 0) return
	const kept = await putLettersAside(tx, dead)
	const messages = dead.flatMap((letter, index) => deadLetterOf(letter, kept[index]))
	await appendRawMessages(tx, messages)
}

/** After the commit. */
function tellOfDead({ signals, log, metrics }: InboundDeps, topic: string, dead: readonly NewLetter[]): void {
	for (const { message, reason } of dead) {
		metrics.deadLetters.inc({ topic })
		const place = { topic, partition: message.partition, offset: String(message.offset) }
		log.warn({ ...place, reason: wordsOf(reason) }, 'a message became a dead letter')
	}
	signals.announce('outbox')
}

const failureOf = (error: unknown): string => `failed: ${error instanceof Error ? error.message : String(error)}`
const tooSlowReason = ({ aloneMs, aloneTriesMax }: InboundLimits): string =>
	`too_slow: it took longer than ${aloneMs} ms by itself, ${aloneTriesMax} times`

/** Reads a message as CloudEvents (binary or structured mode) or bare JSON: the other team may know nothing of CloudEvents. */
function readEvent<Data>(
	message: IncomingMessage,
	validate: ValidateFunction<Data>,
	tombstones: boolean,
): InboundEvent<Data> | Rejection {
	const { key, value, headers, publishedAt } = message
	if (key === null) return { reason: 'null_key: the message has no key' }
	if (value === null) {
		if (!tombstones) return { reason: 'null_value: the message has no value' }
		return { key: key.toString(), data: null, publishedAt }
	}
	if (value.length > BODY_MAX_BYTES) return { reason: `body_too_large: ${value.length} bytes, at most ${BODY_MAX_BYTES}` }
	const body = parseJson(value)
	if (body === undefined) return { reason: 'malformed_json: the value is not JSON in UTF-8' }
	const data = dataOf(body, headers)
	const unstorable = findUnstorableText(data)
	if (unstorable !== undefined) return { reason: `wrong_schema: ${unstorable} holds a NUL character or half of a surrogate pair` }
	if (!validate(data)) {
		const [fault] = faultsOf(validate.errors ?? [])
		return { reason: `wrong_schema: ${fault?.pointer ?? ''} ${fault?.message.en ?? ''}` }
	}
	return { key: key.toString(), data, publishedAt }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function parseJson(value: Buffer): unknown {
	try {
		return JSON.parse(utf8.decode(value))
	} catch (error) {
		if (error instanceof SyntaxError || error instanceof TypeError) return undefined
		throw error
	}
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Of CloudEvents in structured mode the message is an envelope. */
const dataOf = (body: unknown, headers: Headers): unknown =>
	headers['content-type']?.startsWith('application/cloudevents+json') && isObject(body) ? body['data'] : body

const REASON = /^([a-z_]+): (.*)$/s

function reasonOf({ reason }: Rejection): DeathReason {
	const [, code = 'failed', message = reason] = REASON.exec(reason) ?? []
	return { code, message: message.slice(0, REASON_MAX_CHARACTERS).toWellFormed() }
}

const wordsOf = ({ code, message }: DeathReason): string => `${code}: ${message}`

/** None for a message that was put aside before: it is read again, and its letter has gone out. */
function deadLetterOf({ message, reason }: NewLetter, kept: KeptLetter | undefined): RawMessage[] {
	if (kept === undefined) return []
	const letter = {
		topic: message.topic + DEAD_LETTER_SUFFIX,
		key: message.key,
		value: message.value,
		headers: {
			...message.headers,
			'x-dlq-topic': message.topic,
			'x-dlq-partition': String(message.partition),
			'x-dlq-offset': String(message.offset),
			'x-dlq-error': wordsOf(reason),
			'x-dlq-attempts': String(kept.attempts),
			'x-dlq-at': kept.at.toISOString(),
		},
	}
	return [letter]
}
