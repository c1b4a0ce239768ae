import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port that nobody else gets until it is released. */
export type TakenPort = { readonly port: number; release(): Promise<void> }

/** Takes a port of that address on which nobody listens. It keeps no process from ending. */
export async function takePort(host = '127.0.0.1'): Promise<TakenPort> {
	const server = createServer((socket) => socket.destroy()).listen(0, host)
	await once(server, 'listening')
	server.unref()
	const address = server.address()
	if (address === null || typeof address === 'string') throw new Error(`no port could be taken on ${host}`)
	const release = async () => {
		server.close()
		await once(server, 'close')
	}
	return { port: address.port, release }
}

/** A port of that address that nobody listens on now. */
export async function freePort(host?: string): Promise<number> {
	const { port, release } = await takePort(host)
	await release()
	return port
}
