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

type Running = { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly until: number }

/**
 * Gives every request a deadline and says when nobody waits for it any more. Fastify's own (`handlerTimeout`,
 * `request.signal`) listen to the request's stream, which closes as soon as a body has been read: with a body the one never
 * fires and the other always does.
 */
export function limitRequests(app: FastifyInstance, answer: Answer): void {
	/** The oldest first, which is the first to be late. */
	const running = new Set<Running>()
	const expire = ({ request, reply }: Running) => {
		// The answer has begun: a file takes as long as its reader does.
		if (reply.raw.headersSent) return
		const problem = httpProblem(request.raw.complete ? 'unavailable' : 'request_timeout')
		cancel(request.cancelled, problem)
		if (!reply.sent) answer(problem, request, reply)
	}
	const look = setInterval(() => {
		const now = performance.now()
		for (const one of running) {
			if (one.until > now) break
			running.delete(one)
			expire(one)
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
		const one = { request, reply, until: performance.now() + ANSWER_TIMEOUT_MS }
		running.add(one)
		reply.raw.once('close', () => {
			running.delete(one)
			if (!reply.raw.writableFinished) cancel(cancelled, httpProblem('unavailable'))
		})
		done()
	})
}

function cancel(cancelled: Cancellation, reason: Problem): void {
	if (!cancelled.aborted) Object.assign(cancelled, { aborted: true, reason })
}
