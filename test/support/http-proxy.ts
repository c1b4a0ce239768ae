import { once } from 'node:events'
import { createServer, request, type RequestListener } from 'node:http'
import { pipeline } from 'node:stream'
import { atEnd } from './at-end.ts'

/** What browsers see of a service that stands behind a proxy: 502 while it is away. Returns the proxy's URL; it goes with the test file. */
export const startHttpProxy = (target: string): Promise<string> =>
	serveInFront((incoming, outgoing) => {
		const { method = 'GET', url = '/', headers } = incoming
		const asked = request(new URL(url, target), { method, headers }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
			pipeline(answer, outgoing, () => undefined)
		})
		asked.on('error', () => {
			if (!outgoing.headersSent) outgoing.writeHead(502).end()
		})
		outgoing.on('close', () => asked.destroy())
		incoming.pipe(asked)
	})

/** Answers on a port of its own, for something that stands behind; returns its URL. It goes with the test file. */
export async function serveInFront(listener: RequestListener): Promise<string> {
	const server = createServer(listener)
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(async () => {
		server.close()
		server.closeAllConnections()
	})
	const address = server.address()
	if (address === null || typeof address === 'string') throw new Error('the proxy has no port')
	return `http://localhost:${address.port}`
}
