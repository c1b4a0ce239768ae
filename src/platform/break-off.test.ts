import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { breakOff } from './break-off.ts'

const SOON_MS = 2_000
const server = createServer({ allowHalfOpen: true })

before(async () => {
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
})
after(() => server.close())

/** Both ends of a connection. */
async function connected(): Promise<readonly [near: Socket, far: Socket]> {
	const { port } = server.address() as AddressInfo
	const accepted = once(server, 'connection')
	const near = connect(port, '127.0.0.1')
	const [far]: Socket[] = await accepted
	assert.ok(far !== undefined)
	if (near.connecting) await once(near, 'connect')
	return [near, far]
}

const soon = () => ({ signal: AbortSignal.timeout(SOON_MS) })

suite('A connection that is broken off', () => {
	test('is reset: whoever is at the other end is not told that it has come to its end', async () => {
		const [near, far] = await connected()
		far.resume()
		const [closed, reset] = [once(near, 'close', soon()), once(far, 'error', soon())]
		breakOff(near)
		await closed
		const [error] = await reset
		assert.equal(error.code, 'ECONNRESET')
	})

	test('while it is being ended is closed', async () => {
		const [near, far] = await connected()
		far.resume()
		const closed = once(near, 'close', soon())
		near.end()
		breakOff(near)
		await closed
		far.destroy()
	})

	test('more than once is broken off once', async () => {
		const [near, far] = await connected()
		far.on('error', () => undefined).resume()
		const closed = once(near, 'close', soon())
		breakOff(near)
		breakOff(near)
		await closed
	})
})
