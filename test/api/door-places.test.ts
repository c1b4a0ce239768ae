import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { before, suite, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { promisify } from 'node:util'
import { pino } from 'pino'
import { requestBytes } from '../../bench/load/connection.ts'
import { anyone } from '../../src/platform/http/policy.ts'
import { type App, createServer } from '../../src/platform/http/server.ts'
import { createMetrics } from '../../src/platform/telemetry/metrics.ts'
import { atEnd } from '../support/at-end.ts'
import { eventually } from '../support/eventually.ts'
import { exchange } from '../support/raw.ts'

const PLACES = 1_000
const TIMES = 200
const AT_ONCE = 20
/** So many requests, one after the other, on each of the connections that take all places. */
const ON_ONE = 10
/** For what takes a moment, on a busy machine. */
const SOON_MS = 15_000

/** What becomes of a request inside: it is answered at once, at length, or waits until the test ends. */
type Way = 'quick' | 'long' | 'waits'

type Stage = {
	readonly ways: readonly [Way, Way, Way]
	/** How many bytes of the last one's body are kept back. */
	readonly keptBytes?: number
	/** When the connection breaks. */
	readonly until: (socket: Socket, sender: string) => Promise<unknown>
}

/** More than lies between two programs on the way, when so many are sent. */
const LONG = 'x'.repeat(100_000)
/** So many requests are read at once: the server does not wait for the rest of one, which would end the connection. */
const READ_AT_ONCE = 300
const GREEDY = 20
/** Who does not read is cut, and what a busy machine needs. */
const CUT_WITHIN_MS = 25_000

/** Who has come in, and how many of them wait. */
const entered = new Set<string>()
let waiting = 0
const nothing = Promise.withResolvers<null>()
const hasEntered = (sender: string, nth: number) => eventually(async () => assert.ok(entered.has(`${sender}-${nth}`)), SOON_MS)

/** When a connection with three requests breaks. */
const STAGES: Readonly<Record<string, Stage>> = {
	'as soon as all is sent': { ways: ['waits', 'waits', 'waits'], until: () => turn() },
	'while all wait': { ways: ['waits', 'waits', 'waits'], until: (_socket, sender) => hasEntered(sender, 2) },
	'while the first waits, and the others are done': {
		ways: ['waits', 'quick', 'quick'],
		until: (_socket, sender) => hasEntered(sender, 2),
	},
	'while the second waits, and the third is done': {
		ways: ['quick', 'waits', 'quick'],
		until: (socket, sender) => Promise.all([once(socket, 'data'), hasEntered(sender, 2)]),
	},
	'while the end of the third is still to come': {
		ways: ['quick', 'waits', 'quick'],
		keptBytes: 1,
		until: (_socket, sender) => hasEntered(sender, 1),
	},
	'as soon as an answer comes': { ways: ['quick', 'quick', 'quick'], until: (socket) => once(socket, 'data') },
}

const request = (way: Way, name: string, headers: Readonly<Record<string, string>> = {}): Buffer =>
	requestBytes({ method: 'PUT', path: `/places/${way}/${name}`, headers, json: {} })

/** The service's own server, with a route behind the door that has so many places. */
function startServer(): App {
	const refuse = async () => {
		throw new Error('nobody has to say who it is')
	}
	const guards = { customer: refuse, service: refuse, staff: refuse }
	const app = createServer({ log: pino({ level: 'silent' }), metrics: createMetrics(), guards, trustedProxies: 0 })
	app.limitAtDoor({ route: '/places', takes: ({ url = '' }) => url.startsWith('/places/'), max: PLACES })
	app.put<{ Params: { way: Way; name: string } }>('/places/:way/:name', { config: { policy: anyone } }, async ({ params }) => {
		entered.add(params.name)
		if (params.way === 'quick') return null
		if (params.way === 'long') return LONG
		waiting++
		return nothing.promise
	})
	atEnd(async () => {
		nothing.resolve(null)
		await app.close()
	})
	return app
}

/** Sends three requests at once and breaks the connection when it is time. */
async function breakOff(url: string, { ways, keptBytes = 0, until }: Stage, sender: string): Promise<void> {
	const { hostname, port } = new URL(url)
	const socket = connect(Number(port), hostname)
	socket.on('error', () => undefined)
	// Answers are read, so that a reset is not due to what lies unread.
	socket.resume()
	const bytes = Buffer.concat(ways.map((way, nth) => request(way, `${sender}-${nth}`)))
	const due = until(socket, sender)
	await new Promise((resolve) => socket.write(bytes.subarray(0, bytes.length - keptBytes), resolve))
	await due
	socket.resetAndDestroy()
}

suite('Who sends several requests at once and goes away', () => {
	let app: App
	let url: string
	const connections = () => promisify(app.server.getConnections.bind(app.server))()
	before(async () => {
		app = startServer()
		url = await app.listen({ port: 0, host: '127.0.0.1' })
	})

	for (const [when, stage] of Object.entries(STAGES)) {
		test(`${when}, leaves all places to others`, async (t) => {
			entered.clear()
			for (let from = 0; from < TIMES; from += AT_ONCE) {
				const senders = Array.from({ length: AT_ONCE }, (_, index) => `${from + index}`)
				await Promise.all(senders.map((sender) => breakOff(url, stage, sender)))
			}
			await eventually(async () => assert.equal(await connections(), 0), SOON_MS)
			t.diagnostic(`${TIMES} connections broke, ${entered.size} requests had come in`)
			assert.equal(await countFree(url), PLACES)
		})
	}
})

test('Who asks again and again and takes no answer loses the places in the end', async () => {
	const app = startServer()
	const url = await app.listen({ port: 0, host: '127.0.0.1' })
	const { hostname, port } = new URL(url)
	const asked = Buffer.concat(Array.from({ length: READ_AT_ONCE }, (_, nth) => request('long', `greedy-${nth}`)))
	const sockets = Array.from({ length: GREEDY }, () => {
		const socket = connect(Number(port), hostname).pause()
		socket.on('error', () => undefined)
		socket.write(asked)
		return socket
	})
	await eventually(async () => assert.ok(await isRefused(url)), SOON_MS)
	await eventually(async () => assert.equal(await isRefused(url), false), CUT_WITHIN_MS)
	for (const socket of sockets) socket.destroy()
	await eventually(async () => assert.equal(await promisify(app.server.getConnections.bind(app.server))(), 0), SOON_MS)
	assert.equal(await countFree(url), PLACES)
})

/** How many places are free: so many are let in of those who stay until all are inside, and who comes next is refused. */
async function countFree(url: string): Promise<number> {
	waiting = 0
	const groups = Array.from({ length: PLACES / ON_ONE }, (_, group) =>
		Buffer.concat(Array.from({ length: ON_ONE }, (_, nth) => request('waits', `${group}-${nth}`))),
	)
	const { hostname, port } = new URL(url)
	const sockets = groups.map((bytes) => {
		const socket = connect(Number(port), hostname)
		socket.on('error', () => undefined)
		socket.write(bytes)
		return socket.resume()
	})
	await eventually(async () => assert.ok(waiting === PLACES || (await isRefused(url))), SOON_MS)
	assert.ok(await isRefused(url), 'more came in than there are places')
	for (const socket of sockets) socket.destroy()
	return waiting
}

async function isRefused(url: string): Promise<boolean> {
	const [answer] = await exchange(url, request('quick', 'stranger', { connection: 'close' }))
	return answer?.status === 503 && answer.body.code === 'overloaded'
}
