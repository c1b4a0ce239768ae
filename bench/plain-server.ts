import { createServer } from 'node:http'

process.once('message', (given: readonly (readonly [path: string, base64: string])[]) => {
	const bodies = new Map(given.map(([path, base64]) => [path, Buffer.from(base64, 'base64')]))
	const server = createServer((request, response) => {
		const body = bodies.get(request.url ?? '')
		response.writeHead(body ? 200 : 404, { 'content-type': 'application/json', 'content-length': body?.length ?? 0 })
		response.end(body)
	})
	server.listen(0, '127.0.0.1', () => {
		const address = server.address()
		process.send?.(address !== null && typeof address === 'object' ? address.port : 0)
	})
	process.once('SIGTERM', () => process.exit(0))
})
