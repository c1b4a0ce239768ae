import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { httpProblem, type Problem } from './problem.ts'

/**
 * From the request's head to the answer: past it the caller gets 503, and the work's outcome is unknown to it; or 408, when its
 * body has not even arrived.
 */
const ANSWER_TIMEOUT_MS = 5_000
/** How often it is looked at, for all requests together: a timer for each costs more. */
const LOOK_EVERY_MS = 50

/** Whether anybody still waits for the answer. An AbortSignal would do, but costs each request more than all else here. */
type Cancellation = { aborted: boolean; reason: Problem | undefined }

declare module 'fastify' {
	interface FastifyRequest {
		/** Aborted when nobody waits for the answer any more: the caller has gone, or has been told that time is up. */
		cancelled: Cancellation
	}
}

type Answer = (problem: Problem, request: FastifyRequest, reply: FastifyReply) => void

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply }
/** A request's place among those that wait for their answer; empty as soon as it has one. */
type Place = { exchange: Exchange | undefined; readonly until: number }

/**
 * Gives every request a deadline and says when nobody waits for it any more. Fastify's own (`handlerTimeout`,
 * `request.signal`) listen to the request's stream, which closes as soon as a body has been read: with a body the one never
 * fires and the other always does.
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
	const look = setInterval(() => {
		const now = performance.now()
		places = places.filter(({ exchange }) => exchange !== undefined)
		for (const place of places) {
			if (place.until > now) break
			const { exchange } = place
			place.exchange = undefined
			if (exchange !== undefined) expire(exchange)
		}
	}, LOOK_EVERY_MS).unref()
	app.addHook('onClose', (_app, done) => {
		clearInterval(look)
		done()
	})
	app.decorateRequest('cancelled')
	app.addHook('onRequest', (request, reply, done) => {
		const cancelled: Cancellation = { aborted: false, reason: undefined }
		request.cancelled = cancelled
		const place: Place = { exchange: { request, reply }, until: performance.now() + ANSWER_TIMEOUT_MS }
		places.push(place)
		reply.raw.once('close', () => {
			place.exchange = undefined
			if (!reply.raw.writableFinished) cancel(cancelled, httpProblem('unavailable'))
		})
		done()
	})
}

function cancel(cancelled: Cancellation, reason: Problem): void {
	if (!cancelled.aborted) Object.assign(cancelled, { aborted: true, reason })
}
