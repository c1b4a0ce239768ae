import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { Session } from '../http/credentials.ts'
import { defineProblems, httpProblem } from '../http/problem.ts'
import type { Metrics } from '../telemetry/metrics.ts'

/** A message of a stream of server-sent events, as it goes over the wire. */
export type EventText = string

/** What is told, and where the stream then is: the browser sends `id` back when it comes again. Without a name it tells the id alone. */
export type StreamEvent = { readonly name?: string; readonly id?: string; readonly data?: unknown }

export function formatEvent({ name, id, data }: StreamEvent): EventText {
	const lines = [
		...(name === undefined ? [] : [`event: ${name}`]),
		...(id === undefined ? [] : [`id: ${id}`]),
		// JSON has no line breaks of its own.
		...(data === undefined ? [] : [`data: ${JSON.stringify(data)}`]),
	]
	return `${lines.join('\n')}\n\n`
}

/** Whose a stream is. */
type StreamOwner = Session & { readonly kind: 'customer' | 'staff'; readonly id: number }

export type EventStream = {
	/**
	 * Does nothing when the stream has ended. The first one sends the answer's head as well: whoever sees that is told of
	 * whatever comes later. A reader who is too slow for what comes is cut, and comes again.
	 */
	write(text: EventText): void
	/** Ends it; the reader comes again soon. */
	end(): void
	readonly owner: StreamOwner
	readonly ended: boolean
}

/** The open streams of a process. */
export type EventStreams = {
	/** Answers the request with a stream. Throws `too_many_streams`, or `unavailable` when closed. `onEnd` is called once, whoever ends it. */
	open(reply: FastifyReply, owner: StreamOwner, onEnd: () => void): EventStream
	endSessions(sessionIds: readonly string[]): void
	endStaff(ids: readonly number[]): void
	/** Ends all; the readers come again one after the other within some seconds, not all at once. */
	endAll(): void
	/** Ends all, and lets none be opened any more: one that came late on a kept-alive connection would hold up the end. */
	close(): void
}

/** The answer of a route that is a stream, for its schema. */
export const EVENT_STREAM = {
	description: 'A stream of events (WHATWG server-sent events), until either side ends it',
	content: { 'text/event-stream': { schema: Type.String() } },
}

export const streamProblem = defineProblems({
	too_many_streams: {
		status: 429,
		retryAfterS: 5,
		en: 'You have too many live streams open: close one, in another tab for example.',
		ru: 'Открыто слишком много живых потоков: закройте один из них, например в другой вкладке.',
	},
})

const STREAMS_OF_USER_MAX = 10
/** Proxies cut a connection that is silent for long, often after 30 s. */
const HEARTBEAT_MS = 15_000
/** A comment, which readers pass over. */
export const HEARTBEAT: EventText = ':\n\n'
const SWEEP_MS = 250
/** What may wait for a reader: some hundreds of events. */
const WAITING_MAX_BYTES = 64 * 1024
/** After an end the readers come again within this time, each at a moment of its own. */
const RETRY_SOON_MS = { least: 500, most: 1_500 }
const RETRY_ALL_MS = { least: 500, most: 5_000 }
/** For the end to reach a reader. */
const END_TIMEOUT_MS = 2_000

type Open = EventStream & { readonly raw: ServerResponse; readonly until: number; sentAt: number; cut(): void }

export type EventStreamsOptions = {
	readonly metrics: Metrics
	/** Called when the first stream has been opened, and when the last one has ended. */
	readonly onUse: (inUse: boolean) => void
	/** How long a stream may be silent. */
	readonly heartbeatMs?: number
}

export function createEventStreams({ metrics, onUse, heartbeatMs = HEARTBEAT_MS }: EventStreamsOptions): EventStreams {
	const open = new Set<Open>()
	const counts = new Map<string, number>()
	let sweeping: NodeJS.Timeout | undefined
	let closed = false

	const sweep = () => {
		const now = performance.now()
		for (const stream of open) {
			if (now >= stream.until) stream.end()
			else if (now - stream.sentAt >= heartbeatMs) stream.write(HEARTBEAT)
		}
	}
	const register = (stream: Open, onEnd: () => void) => {
		const key = keyOf(stream.owner)
		open.add(stream)
		if (open.size === 1) onUse(true)
		counts.set(key, (counts.get(key) ?? 0) + 1)
		metrics.liveStreams.inc({ kind: stream.owner.kind })
		sweeping ??= setInterval(sweep, SWEEP_MS)
		stream.raw.once('close', () => {
			open.delete(stream)
			const left = (counts.get(key) ?? 1) - 1
			if (left > 0) counts.set(key, left)
			else counts.delete(key)
			metrics.liveStreams.dec({ kind: stream.owner.kind })
			onEnd()
			if (open.size > 0) return
			clearInterval(sweeping)
			sweeping = undefined
			onUse(false)
		})
	}
	const endThose = (wanted: (owner: StreamOwner) => boolean) => {
		for (const stream of open) if (wanted(stream.owner)) stream.end()
	}
	const endAll = () => {
		for (const stream of open) {
			if (stream.raw.headersSent) stream.write(`retry: ${between(RETRY_ALL_MS)}\n\n`)
			stream.end()
		}
	}
	return {
		open(reply, owner, onEnd) {
			if (closed) throw httpProblem('unavailable')
			if ((counts.get(keyOf(owner)) ?? 0) >= STREAMS_OF_USER_MAX) throw streamProblem('too_many_streams')
			const stream = openStream(reply, owner, metrics)
			register(stream, onEnd)
			return stream
		},
		endSessions(sessionIds) {
			const ended = new Set(sessionIds)
			endThose(({ sessionId }) => ended.has(sessionId))
		},
		endStaff(ids) {
			const changed = new Set(ids)
			endThose(({ kind, id }) => kind === 'staff' && changed.has(id))
		},
		endAll,
		close() {
			closed = true
			endAll()
		},
	}
}

const keyOf = ({ kind, id }: StreamOwner): string => `${kind} ${id}`

const between = ({ least, most }: { least: number; most: number }): number => Math.round(least + Math.random() * (most - least))

function begin(raw: ServerResponse): void {
	// There is nothing to ask for on the connection afterwards.
	raw.shouldKeepAlive = false
	raw.writeHead(200, {
		'content-type': 'text/event-stream; charset=utf-8',
		'cache-control': 'no-store, no-transform',
		// For nginx, which would gather what is to be seen at once.
		'x-accel-buffering': 'no',
	})
	raw.write(`retry: ${between(RETRY_SOON_MS)}\n\n`)
}

function openStream(reply: FastifyReply, owner: StreamOwner, metrics: Metrics): Open {
	reply.hijack()
	const { raw } = reply
	return {
		owner,
		raw,
		until: performance.now() + owner.expiresInS * 1_000,
		sentAt: performance.now(),
		get ended() {
			return raw.writableEnded || raw.destroyed
		},
		write(text) {
			if (this.ended) return
			if (raw.writableLength > WAITING_MAX_BYTES) return this.cut()
			this.sentAt = performance.now()
			if (!raw.headersSent) begin(raw)
			raw.write(text)
		},
		end() {
			if (this.ended) return
			// Nothing was told yet: to end it well would mean that there was nothing to tell.
			if (!raw.headersSent) return void raw.destroy()
			raw.end()
			setTimeout(() => raw.destroy(), END_TIMEOUT_MS).unref()
		},
		/** The last that it hears, if it goes on reading, is when to come again. */
		cut() {
			metrics.liveStreamsCut.inc()
			raw.write(`retry: ${between(RETRY_SOON_MS)}\n\n`)
			this.end()
		},
	}
}
