import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { breakOff } from '../../src/platform/break-off.ts'
import { atEnd } from './at-end.ts'
import { type Broker, startBroker } from './broker.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { type Settings, startTestShop, type TestShop } from './shop.ts'

/** How a way is cut: by `reset` as a machine that is gone, by `end` as a proxy that has lost its server, by `silence` as a power cut. */
type Cut = 'reset' | 'end' | 'silence'

/**
 * A way to a server that can be cut: the connections on it break, and new ones do so too, until it is healed. Those that fell silent
 * stay so: nobody ever says anything on them again.
 */
export type TcpProxy = {
	/** The server's URL by this way. */
	readonly url: string
	cut(how?: Cut): void
	/** What is sent from now on takes so much longer, each way. */
	delay(ms: number): void
	/** What clients send from now on goes on so many milliseconds later as `lateMs` says of it, and nothing of theirs overtakes it. */
	hold(lateMs: (sent: Buffer) => number): void
	heal(): void
	/** From now on new connections lead to the server at that URL, as a virtual address that has moved. */
	leadTo(target: string): void
	/** How many connections were asked for. */
	readonly connections: () => number
}

/** Opens a way to the server at that URL, which begins on `host`; it goes with the test file. */
export async function startProxy(target: string, host = '127.0.0.1'): Promise<TcpProxy> {
	let server = new URL(target)
	const sockets = new Set<Socket>()
	/** Those that fell silent. */
	const silent = new Set<Socket>()
	let cutBy: Cut | undefined
	let delayMs = 0
	let holdMs: ((sent: Buffer) => number) | undefined
	let connections = 0
	const keep = (socket: Socket): Socket => {
		sockets.add(socket)
		// A reset is what this is here for: the two ends see to it themselves.
		return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
	}
	const pass = (from: Socket, to: Socket, isClient: boolean) => {
		let held: Promise<void> | undefined
		const unlessSilent = (act: () => void) => () => void (silent.has(from) || act())
		from.on('data', (chunk) => {
			const send = unlessSilent(() => to.write(chunk))
			const lateMs = isClient ? (holdMs?.(chunk) ?? 0) : 0
			if (held !== undefined || lateMs > 0) held = (held ?? Promise.resolve()).then(() => sleep(lateMs)).then(send)
			else if (delayMs > 0) setTimeout(send, delayMs)
			else send()
		})
		from.on(
			'end',
			unlessSilent(() => to.end()),
		)
		from.on(
			'close',
			unlessSilent(() => to.destroy()),
		)
	}
	const listener = createServer((client) => {
		keep(client)
		connections++
		if (cutBy !== undefined) return cutOff(client)
		const upstream = keep(connect(Number(server.port), server.hostname))
		pass(client, upstream, true)
		pass(upstream, client, false)
	})
	listener.listen(0, host)
	await once(listener, 'listening')
	const cutOff = (socket: Socket) => {
		if (cutBy === 'silence') silent.add(socket)
		else if (cutBy === 'end') socket.end()
		else breakOff(socket)
	}
	atEnd(async () => {
		for (const socket of sockets) socket.destroy()
		listener.close()
		await once(listener, 'close')
	})
	const address = listener.address()
	if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
	const url = new URL(target)
	url.host = `${host}:${address.port}`
	return {
		url: url.href,
		cut(how = 'reset') {
			cutBy = how
			for (const socket of sockets) cutOff(socket)
		},
		heal() {
			cutBy = undefined
		},
		leadTo(other) {
			server = new URL(other)
		},
		delay(ms) {
			delayMs = ms
		},
		hold(lateMs) {
			holdMs = lateMs
		},
		connections: () => connections,
	}
}

export type ProxiedShop = {
	readonly shop: TestShop
	/** The shop's only way to its database. Healed again before the file ends. */
	readonly proxy: TcpProxy
	/** The database by a way of its own, for whoever looks on. */
	readonly database: TestDatabase
}

/** Starts a service whose way to its database can be cut. */
export async function startProxiedShop(settings: Settings = {}): Promise<ProxiedShop> {
	const database = await createTestDatabase()
	const proxy = await startProxy(database.url)
	const shop = await startTestShop({ ...settings, DATABASE_URL: proxy.url })
	atEnd(async () => proxy.heal())
	return { shop, proxy, database }
}

export type ProxiedBroker = {
	readonly broker: Broker
	/** `host:port` of the way that can be cut. Whoever comes by it is told of no other one. */
	readonly farAddress: string
	readonly proxy: TcpProxy
}

/** Starts a broker with two ways to it: a direct one, and one that begins on `host` and can be cut. They go with the test file. */
export async function startProxiedBroker(host?: string): Promise<ProxiedBroker> {
	const opened = Promise.withResolvers<TcpProxy>()
	const addressOf = ({ url }: TcpProxy) => new URL(url).host
	const broker = await startBroker(async (address) => {
		opened.resolve(startProxy(`tcp://${address}`, host))
		return addressOf(await opened.promise)
	})
	atEnd(() => broker.stop())
	const proxy = await opened.promise
	return { broker, proxy, farAddress: addressOf(proxy) }
}
