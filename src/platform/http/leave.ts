import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
	interface FastifyInstance {
		/** Whether this process is about to close: it answers as ever, but `/health/ready` says that nobody is to come any more. */
		leaving: boolean
	}
}

/** Lets the server say that it is about to close. */
export const prepareToLeave = (app: FastifyInstance): void => void app.decorate('leaving', false)

/**
 * Goes on answering for so long before the close, while `/health/ready` says 503 and each connection ends with its answer. A
 * server that closes at once ends connections on which a balancer has just sent a request, and that request is lost: nobody
 * may send an order a second time for the customer. Whoever has seen the 503 has nothing on the way here.
 */
export async function leave(app: FastifyInstance, drainMs: number): Promise<void> {
	app.leaving = true
	// A start that has failed has never served.
	if (drainMs === 0 || !app.server.listening) return
	app.server.prependListener('request', (_request, response: ServerResponse) => {
		response.shouldKeepAlive = false
	})
	await sleep(drainMs)
}
