import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { localeOf } from './locale.ts'
import type { Observed, ObserveRequest } from './observe.ts'
import { httpProblem, type Locale, problemBody } from './problem.ts'

/** An answer that lies ready, as the bytes that are sent. */
export type ReadyAnswer = {
	/** The pattern of the route that would have answered. */
	readonly route: string
	readonly status: 200 | 304 | 503
	/** Names and values by turns. */
	readonly head: string[]
	readonly body: Buffer | undefined
}

const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** Finds the answer to a GET; undefined: nothing lies ready, and the route answers. */
type FindReady = (request: IncomingMessage) => ReadyAnswer | undefined

/** How many requests of a kind may be inside. */
export type DoorLimit = {
	/** The pattern of their route. */
	readonly route: string
	readonly takes: (request: IncomingMessage) => boolean
	readonly max: number
}

declare module 'fastify' {
	interface FastifyInstance {
		/** Has requests answered before they come in, where `find` has an answer ready: what anyone may see, and no body is read. */
		answerAtDoor(find: FindReady): void
		/** Has no more of such requests inside at once; whoever comes beyond that is refused before anything is done for them. */
		limitAtDoor(limit: DoorLimit): void
	}
}

/**
 * A place is for who takes the answer, which is there within a request's deadline. Whoever has not taken it after so many looks is
 * cut. By looks, not by a clock: a process that stood still has not looked.
 */
const LOOKS_MAX = 10
const LOOK_EVERY_MS = 1_000

const OVERLOADED = httpProblem('overloaded')
const refusalIn = (locale: Locale) => {
	const body = Buffer.from(problemBody(OVERLOADED, locale))
	const { retryAfterS = 0 } = OVERLOADED.spec
	const head = ['retry-after', String(retryAfterS), 'content-type', PROBLEM_TYPE, 'content-length', String(body.length)]
	return { status: 503, head, body } as const
}
const REFUSALS: Readonly<Record<Locale, ReturnType<typeof refusalIn>>> = { ru: refusalIn('ru'), en: refusalIn('en') }

/**
 * `overloaded`, at the door: inside, a refusal costs half of what the answer would, and where five times as many ask as can be
 * answered nothing is left for the answers.
 */
export const refuseAtDoor = (route: string, request: IncomingMessage): ReadyAnswer => ({ route, ...REFUSALS[localeOf(request)] })

/**
 * Lets answers that lie ready out at the door. What Fastify does for a request (a route, hooks, a deadline, a reply) takes three
 * times as long as Node's own part of it, and an answer that is known by its address needs none of that; its line in the log and
 * its metrics come all the same, those of a turn of the event loop together: one by one, between the answers, they cost four times
 * as much (docs/adr/0036).
 */
export function openDoor(app: FastifyInstance, observe: ObserveRequest): void {
	const finders: FindReady[] = []
	const limits: (DoorLimit & { inside: number })[] = []
	/** Who is inside, and how often they were seen there, the longest first. */
	const looks = new Map<IncomingMessage, number>()
	const looking = setInterval(() => {
		for (const [request, times] of looks) {
			if (times >= LOOKS_MAX) request.socket.destroy()
			else looks.set(request, times + 1)
		}
	}, LOOK_EVERY_MS).unref()
	app.addHook('onClose', (_app, done) => {
		clearInterval(looking)
		done()
	})
	let closing = false
	let answered: Observed[] = []
	const observeAnswered = () => {
		const all = answered
		answered = []
		for (const request of all) observe(request)
	}
	app.decorate('answerAtDoor', (find: FindReady) => void finders.push(find))
	app.decorate('limitAtDoor', (limit: DoorLimit) => void limits.push({ ...limit, inside: 0 }))
	app.addHook('preClose', (done) => {
		// A connection is told that it ends, and Fastify's hooks know how.
		closing = true
		done()
	})
	const answer = (request: IncomingMessage, response: ServerResponse, { route, status, head, body }: ReadyAnswer): true => {
		const startedAt = performance.now()
		response.writeHead(status, head)
		response.end(body)
		const { method = '' } = request
		const ms = performance.now() - startedAt
		if (answered.push({ id: randomUUID(), method, route, status, ms }) === 1) setImmediate(observeAnswered)
		return true
	}
	const answerReady = (request: IncomingMessage, response: ServerResponse): boolean => {
		if (request.method !== 'GET') return false
		for (const find of finders) {
			const ready = find(request)
			if (ready !== undefined) return answer(request, response, ready)
		}
		return false
	}
	const refuse = (request: IncomingMessage, response: ServerResponse): boolean => {
		const limit = limits.find(({ takes }) => takes(request))
		if (limit === undefined) return false
		if (limit.inside >= limit.max) return answer(request, response, refuseAtDoor(limit.route, request))
		limit.inside++
		looks.set(request, 0)
		const leave = () => {
			if (looks.delete(request)) limit.inside--
		}
		// Comes for an answer, too, that still waits for those before it on a connection that breaks: since Node 24.16.
		response.once('close', leave)
		// Who keeps the body back must not keep the place from others.
		setImmediate(() => request.complete || leave())
		return false
	}
	const inside = app.server.listeners('request')
	app.server.removeAllListeners('request')
	app.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
		if (!closing && (answerReady(request, response) || refuse(request, response))) return
		for (const listener of inside) listener(request, response)
	})
}
