import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { atEnd } from './at-end.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { type Settings, startTestShop, type TestShop } from './shop.ts'

/** A way to a server that can be cut: the connections on it break, and new ones are reset, until it is healed. */
export type TcpProxy = {
	/** The server's URL by this way. */
	readonly url: string
	/** By `reset` as a machine that is gone, by `end` as a proxy that has lost its server. */
	cut(how?: 'reset' | 'end'): void
	heal(): void
	/** How many connections were asked for. */
	readonly connections: () => number
}

/** Opens a way to the server at that URL; it goes with the test file. */
export async function startProxy(target: string): Promise<TcpProxy> {
	const { hostname, port } = new URL(target)
	const sockets = new Set<Socket>()
	let cutBy: 'reset' | 'end' | undefined
	let connections = 0
	const keep = (socket: Socket): Socket => {
		sockets.add(socket)
		// A reset is what this is here for: the two ends see to it themselves.
		return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
	}
	const server = createServer((client) => {
		keep(client)
		connections++
		if (cutBy !== undefined) return void breakOff(client)
		const upstream = keep(connect(Number(port), hostname))
		client.pipe(upstream).pipe(client)
		client.on('close', () => upstream.destroy())
		upstream.on('close', () => client.destroy())
	})
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	const breakOff = (socket: Socket) => (cutBy === 'end' ? socket.end() : socket.resetAndDestroy())
	atEnd(async () => {
		for (const socket of sockets) socket.destroy()
		server.close()
		await once(server, 'close')
	})
	const address = server.address()
	if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
	const url = new URL(target)
	url.host = `127.0.0.1:${address.port}`
	return {
		url: url.href,
		cut(how = 'reset') {
			cutBy = how
			for (const socket of sockets) breakOff(socket)
		},
		heal() {
			cutBy = undefined
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
