import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { httpProblem, type Problem } from './problem.ts'

/**
 * From the request's head to the answer: past it the caller gets 503, and the work's outcome is unknown to it; or 408, when its
 * body has not even arrived.
 */
const ANSWER_TIMEOUT_MS = 5_000
/** How often it is looked at, for all requests together: a timer for each costs more. */
const LOOK_EVERY_MS = 50
/** After a standstill: until all that lay in sockets, and in those that nobody had accepted, has been read. */
const DOUBT_MS = 1_000

/**
 * Whether anybody still waits for the answer, and for how long at most. An AbortSignal would do, but costs each request more than
 * all else here.
 */
type Cancellation = { aborted: boolean; reason: Problem | undefined; readonly until: number }

declare module 'fastify' {
	interface FastifyRequest {
		/** Aborted when nobody waits for the answer any more: the caller has gone, or has been told that time is up. */
		cancelled: Cancellation
	}
}

type Answer = (problem: Problem, request: FastifyRequest, reply: FastifyReply) => void

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply }
/** A request's place among those that wait for their answer; empty as soon as it has one. */
type Place = { exchange: Exchange | undefined }

/**
 * Gives every request a deadline and says when nobody waits for it any more. Fastify's own (`handlerTimeout`,
 * `request.signal`) listen to the request's stream, which closes as soon as a body has been read: with a body the one never
 * fires and the other always does.
 *
 * Nothing is begun past the deadline: its caller has given it up and may have done something else since, by another instance.
 */
export function limitRequests(app: FastifyInstance, answer: Answer): void {
	/** The oldest first, which is the first to be late. Not a `Set`, for which see docs/adr/0045. */
	let places: Place[] = []
	const expire = ({ request, reply }: Exchange) => {
		// The answer has begun: a file takes as long as its reader does.
		if (reply.raw.headersSent) return
		const problem = httpProblem(request.raw.complete ? 'unavailable' : 'request_timeout')
		cancel(request.cancelled, problem)
		if (!reply.sent) answer(problem, request, reply)
	}
	const standstills = watchStandstills(app.log)
	const look = setInterval(() => {
		const now = performance.now()
		standstills.look(now)
		places = places.filter(({ exchange }) => exchange !== undefined)
		for (const place of places) {
			const { exchange } = place
			if (exchange === undefined) continue
			if (exchange.request.cancelled.until > now) break
			place.exchange = undefined
			expire(exchange)
		}
	}, LOOK_EVERY_MS).unref()
	app.addHook('onClose', (_app, done) => {
		clearInterval(look)
		done()
	})
	app.decorateRequest('cancelled')
	app.addHook('onRequest', (request, reply, done) => {
		const now = performance.now()
		if (standstills.castDoubt(now)) return done(httpProblem('overloaded'))
		const cancelled: Cancellation = { aborted: false, reason: undefined, until: now + ANSWER_TIMEOUT_MS }
		request.cancelled = cancelled
		const place: Place = { exchange: { request, reply } }
		places.push(place)
		reply.raw.once('close', () => {
			place.exchange = undefined
			if (!reply.raw.writableFinished) cancel(cancelled, httpProblem('unavailable'))
		})
		done()
	})
	app.addHook('preHandler', ({ cancelled }, _reply, done) =>
		done(performance.now() > cancelled.until ? httpProblem('overloaded') : undefined),
	)
}

/**
 * When a request came that is found after a standstill (a process that was stopped, a machine that was suspended) nobody knows: it may
 * be older than its deadline.
 */
function watchStandstills(log: FastifyBaseLogger) {
	let lookedAt = performance.now()
	let doubtedUntil = 0
	return {
		/** To be called all the time. */
		look(now: number) {
			if (now - lookedAt > ANSWER_TIMEOUT_MS) {
				doubtedUntil = now + DOUBT_MS
				log.warn({ ms: Math.round(now - lookedAt) }, 'this process stood still: what was asked meanwhile is refused')
			}
			lookedAt = now
		},
		/** Sockets are read before timers run, so what is found first is found before anybody has looked. */
		castDoubt: (now: number) => now < doubtedUntil || now - lookedAt > ANSWER_TIMEOUT_MS,
	}
}

function cancel(cancelled: Cancellation, reason: Problem): void {
	if (!cancelled.aborted) Object.assign(cancelled, { aborted: true, reason })
}
