import { isIP, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type Base, type BaseOptions, findErrorBy, SASLMechanisms } from '@platformatic/kafka'
import { breakOff } from '../break-off.ts'

export type KafkaOptions = {
	/** `host:port` of some of the brokers; these name the rest. */
	readonly brokers: readonly string[]
	readonly clientId: string
	readonly log: Logger
	/** SCRAM-SHA-512. */
	readonly sasl?: { readonly username: string; readonly password: string }
	readonly tls: boolean
}

const CONNECT_TIMEOUT_MS = 3_000
/** What an answer may take that comes little by little, as much that is fetched over a slow line. */
const REQUEST_TIMEOUT_MS = 10_000
/**
 * How long a broker may take to have a request stored on all replicas, or a topic made. Commits have the broker's own limit, which is
 * the same unless it is set otherwise (`offset.commit.timeout.ms`).
 */
const BROKER_TIMEOUT_MS = 5_000
/** A broker that was asked something and says nothing at all for longer than it may take has vanished. */
export const SILENT_MAX_MS = BROKER_TIMEOUT_MS + 1_000
/** The same for one that was asked only what it has at hand, or holds for a second. */
export const SILENT_MAX_READING_MS = 4_000
const CLOSE_TIMEOUT_MS = 3_000

/** What all clients have in common. Each sets how often it tries again by itself. */
export function clientOptions({ brokers, clientId, sasl, tls }: KafkaOptions) {
	return {
		clientId,
		bootstrapBrokers: [...brokers],
		connectTimeout: CONNECT_TIMEOUT_MS,
		requestTimeout: REQUEST_TIMEOUT_MS,
		timeout: BROKER_TIMEOUT_MS,
		autocreateTopics: false,
		...(sasl === undefined ? {} : { sasl: { mechanism: SASLMechanisms.SCRAM_SHA_512, ...sasl } }),
		// The name is sent where there is one: gateways in front of a cluster tell brokers apart by it. An address is no name.
		...(tls ? { tls: {}, tlsServerName: !brokers.some((broker) => isIP(hostOf(broker)) > 0) } : {}),
	} satisfies BaseOptions
}

/** The address in `host:port`; IPv6 stands in brackets. */
const hostOf = (broker: string): string => broker.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')

/** A client together with the way to be rid of it for sure. */
export type Held<Client> = {
	readonly client: Client
	/** Breaks its connections: what was asked for on them, and has not arrived, never does. */
	cut(): void
	/** Never throws and never waits for long; a second call waits for the first. */
	close(): Promise<void>
}

/** For how long a broker that was asked something may say nothing, as things are now; Infinity: for as long as it likes. */
type Patience = () => number

/**
 * The client's own `close` waits for brokers that may never answer, and it forgets connections that were replaced while they
 * broke; either would keep the process alive. Here each connection is remembered and cut in the end, or when it falls silent: the
 * client would wait there for an answer, and on a connection made while the network was down, for longer than that.
 */
export function hold<Client extends Pick<Base, 'on'>>(
	client: Client,
	log: Logger,
	end: () => Promise<void>,
	patience: Patience = () => SILENT_MAX_MS,
): Held<Client> {
	const sockets = new Set<Socket>()
	client.on('client:broker:connect', ({ broker, connection: { socket } }) => {
		sockets.add(socket)
		socket.once('close', () => sockets.delete(socket))
		onSilence(socket, patience, () => {
			log.debug({ broker }, 'a broker says nothing: the connection is made anew')
			breakOff(socket)
		})
	})
	const cut = () => sockets.forEach(breakOff)
	const close = async () => {
		try {
			await within(CLOSE_TIMEOUT_MS, 'closing a connection to Kafka', end())
		} catch (error) {
			log.debug({ err: error }, 'a connection to Kafka is cut')
		}
		cut()
	}
	let closing: Promise<void> | undefined
	return { client, cut, close: () => (closing ??= close()) }
}

/** Calls `act` when something was asked and nothing comes. Of several questions at once the last one's silence may go unnoticed. */
function onSilence(socket: Socket, patience: Patience, act: () => void): void {
	let answered = 0
	// Before the client, which may ask the next thing in answer to this.
	socket.prependListener('data', () => (answered = socket.bytesWritten))
	const look = (silentMs: number, bytesRead: number) => {
		// What came while the process itself stood still is read first.
		setImmediate(() => {
			if (socket.destroyed || socket.bytesRead !== bytesRead || socket.bytesWritten === answered) return
			const maxMs = patience()
			if (silentMs >= maxMs) act()
			else if (maxMs !== Infinity) setTimeout(look, maxMs - silentMs, maxMs, bytesRead).unref()
		})
	}
	socket.setTimeout(SILENT_MAX_READING_MS)
	socket.on('timeout', () => look(SILENT_MAX_READING_MS, socket.bytesRead))
}

/** The promise's result; throws when it takes longer. What it was waiting for goes on and must be ended by the caller. */
export async function within<Result>(ms: number, what: string, promise: Promise<Result>): Promise<Result> {
	const { promise: late, reject } = Promise.withResolvers<never>()
	const timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms} ms`)), ms)
	try {
		return await Promise.race([promise, late])
	} finally {
		clearTimeout(timer)
	}
}

/** Waits `ms`, or until the signal. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
}

const RETRY_FIRST_MS = 200
const RETRY_MAX_MS = 2_000

/** Pauses that double while something fails again and again. */
export function createBackoff(): { next(): number; reset(): void } {
	let ms = RETRY_FIRST_MS
	return {
		next() {
			const now = ms
			ms = Math.min(ms * 2, RETRY_MAX_MS)
			return now
		},
		reset() {
			ms = RETRY_FIRST_MS
		},
	}
}

/** Whether a broker's answer stands somewhere in the error: `TOPIC_ALREADY_EXISTS`, ... */
export const answered = (error: unknown, ...ids: readonly string[]): boolean =>
	error instanceof Error && ids.some((id) => findErrorBy(error, 'apiId', id) !== null)

/** The group has a new generation, or has forgotten this member: it must join again. */
export const needsRejoin = (error: unknown): boolean => error instanceof Error && findErrorBy(error, 'needsRejoin', true) !== null

/**
 * The client nests an error for each broker, attempt and answer in another one. This is one error that says each thing once,
 * for logs and people; other errors stay as they are.
 */
export function explained(error: unknown): unknown {
	if (!(error instanceof AggregateError)) return error
	return new Error([...new Set(reasonsIn(error))].join('; '))
}

function reasonsIn(error: unknown): string[] {
	if (error instanceof AggregateError) return error.errors.flatMap(reasonsIn)
	if (!(error instanceof Error)) return [String(error)]
	const answer = 'apiId' in error && typeof error.apiId === 'string' ? `${error.apiId}: ` : ''
	return [answer + error.message + (error.cause instanceof Error ? ` (${error.cause.message})` : '')]
}
