import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type FastifyInstance, fastify } from 'fastify'
import { createMetrics } from '../telemetry/metrics.ts'
import { createEventStreams, type EventStream, formatEvent, HEARTBEAT } from './event-streams.ts'

test('An event is told by its lines, whatever stands in it', () => {
	assert.equal(
		formatEvent({ name: 'a', id: '1', data: { text: 'строка\nдругая\r' } }),
		'event: a\nid: 1\ndata: {"text":"строка\\nдругая\\r"}\n\n',
	)
	assert.equal(formatEvent({ id: '7' }), 'id: 7\n\n')
})

suite('A reader', () => {
	const metrics = createMetrics()
	const uses: boolean[] = []
	const streams = createEventStreams({ metrics, onUse: (inUse) => uses.push(inUse), heartbeatMs: 500 })
	const opened: EventStream[] = []
	let ended = 0
	let app: FastifyInstance
	let port: number
	before(async () => {
		app = fastify()
		app.get('/', async (_request, reply) => {
			const owner = { kind: 'customer', id: 1, sessionId: 'session', expiresInS: 3_600 } as const
			opened.push(streams.open(reply, owner, () => ended++))
			return reply
		})
		const address = await app.listen({ port: 0, host: '127.0.0.1' })
		port = Number(new URL(address).port)
	})
	after(() => app.close())

	/** A connection that has asked for a stream and reads nothing of it. */
	async function ask() {
		const socket = connect(port, '127.0.0.1').pause()
		socket.on('error', () => {})
		await once(socket, 'connect')
		socket.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n')
		const count = opened.length
		while (opened.length === count) await sleep(5)
		return { socket, stream: opened[count] }
	}
	const cut = async () => (await metrics.liveStreamsCut.get()).values[0]?.value ?? 0

	test('who takes nothing of what comes is cut, and what waits for it is bounded', async () => {
		const { stream } = await ask()
		assert.ok(stream)
		const text = formatEvent({ data: 'x'.repeat(10_000) })
		let written = 0
		for (; !stream.ended && written < 5_000; written++) {
			stream.write(text)
			// The kernel takes what its buffers hold.
			if (written % 10 === 0) await sleep(1)
		}
		assert.ok(stream.ended, `${written} events were taken`)
		assert.equal(await cut(), 1)
		while (ended < 1) await sleep(10)
	})

	test('hears a comment when nothing else comes', async () => {
		const { socket, stream } = await ask()
		stream?.write(formatEvent({ id: '1' }))
		let text = ''
		socket.on('data', (chunk) => (text += String(chunk))).resume()
		while (text.split(HEARTBEAT).length < 3) await sleep(20)
		socket.destroy()
	})

	test('who goes leaves nothing behind', async () => {
		const { socket, stream } = await ask()
		stream?.write(formatEvent({ id: '1' }))
		const before = ended
		socket.destroy()
		while (ended === before) await sleep(5)
		assert.ok(stream?.ended)
		assert.deepEqual((await metrics.liveStreams.get()).values[0]?.value, 0)
		assert.equal(uses.at(-1), false)
	})

	test('is told when to come again when all streams end, each at a moment of its own', async () => {
		const readers = []
		for (let count = 0; count < 5; count++) readers.push(await ask())
		const texts = readers.map(async ({ socket, stream }) => {
			stream?.write(formatEvent({ id: '1' }))
			socket.resume()
			let text = ''
			for await (const chunk of socket) text += String(chunk)
			return text
		})
		await sleep(50)
		streams.endAll()
		const last = (await Promise.all(texts)).map((text) => Number(/retry: (\d+)\n\n(?![^]*retry)/.exec(text)?.[1]))
		assert.ok(
			last.every((ms) => ms >= 500 && ms <= 5_000),
			last.join(),
		)
		assert.ok(new Set(last).size > 1)
	})

	test('who comes when all is closed is refused, and may come again elsewhere', async () => {
		streams.close()
		const answer = await fetch(`http://127.0.0.1:${port}/`)
		assert.ok(!answer.ok)
		assert.notEqual(answer.headers.get('content-type'), 'text/event-stream; charset=utf-8')
		assert.equal(opened.filter((stream) => !stream.ended).length, 0)
	})
})
