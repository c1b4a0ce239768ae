import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { httpProblem, type Problem } from './problem.ts'

/**
 * From the request's head to the answer: past it the caller gets 503, and the work's outcome is unknown to it; or 408, when its
 * body has not even arrived.
 */
const ANSWER_TIMEOUT_MS = 5_000

/** Whether anybody still waits for the answer. An AbortSignal would do, but costs each request more than all else here. */
export type Cancellation = { aborted: boolean; reason: Problem | undefined }

declare module 'fastify' {
	interface FastifyRequest {
		/** Aborted when nobody waits for the answer any more: the caller has gone, or has been told that time is up. */
		cancelled: Cancellation
	}
}

type Answer = (problem: Problem, request: FastifyRequest, reply: FastifyReply) => void

/**
 * Gives every request a deadline and a signal. Fastify's own (`handlerTimeout`, `request.signal`) listen to the request's
 * stream, which closes as soon as a body has been read: with a body the one never fires and the other always does.
 */
export function limitRequests(app: FastifyInstance, answer: Answer): void {
	app.decorateRequest('cancelled')
	app.addHook('onRequest', (request, reply, done) => {
		const cancelled: Cancellation = { aborted: false, reason: undefined }
		request.cancelled = cancelled
		const cancel = (reason: Problem) => {
			if (!cancelled.aborted) Object.assign(cancelled, { aborted: true, reason })
		}
		const timer = setTimeout(() => {
			// The answer has begun: a file takes as long as its reader does.
			if (reply.raw.headersSent) return
			const problem = httpProblem(request.raw.complete ? 'unavailable' : 'request_timeout')
			cancel(problem)
			if (!reply.sent) answer(problem, request, reply)
		}, ANSWER_TIMEOUT_MS)
		reply.raw.once('close', () => {
			clearTimeout(timer)
			if (!reply.raw.writableFinished) cancel(httpProblem('unavailable'))
		})
		done()
	})
}
