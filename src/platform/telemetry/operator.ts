import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { Logger } from 'pino'
import type { Sql } from '../db/database.ts'
import { isReady } from '../http/health.ts'
import type { Crew } from '../crew/crew.ts'
import { addProcessMetrics, addStateMetrics, type Metrics } from './metrics.ts'

export type Operated = {
	readonly sql: Sql
	readonly metrics: Metrics
	readonly log: Logger
	/** The processes that serve HTTP for this one, where there are any. */
	readonly crew: Pick<Crew, 'sumMetrics'> | undefined
	/** Whether HTTP is served, here or by them, and goes on being served; left out where that is nobody's task. */
	readonly isServing: (() => boolean) | undefined
}

/**
 * Serves `/metrics`, `/health/live` and `/health/ready` on a port of their own: for the operator, not the public, and the only
 * ones that a worker has.
 */
export async function serveOperator(
	operated: Operated,
	{ host, port }: { host: string; port: number },
): Promise<{ close(): Promise<void> }> {
	addProcessMetrics(operated.metrics.registry)
	addStateMetrics(operated.metrics, operated.sql, operated.log)
	const server = createServer(answer(operated))
	server.listen(port, host)
	await once(server, 'listening')
	return {
		async close() {
			server.close()
			server.closeAllConnections()
			await once(server, 'close')
		},
	}
}

function answer({ sql, metrics: { registry }, log, crew, isServing }: Operated): RequestListener {
	return async (request, response) => {
		try {
			switch (request.url ?? '') {
				case '/metrics':
					return void response
						.setHeader('content-type', registry.contentType)
						.end(await (crew?.sumMetrics(registry) ?? registry.metrics()))
				case '/health/live':
					return void response.end('ok\n')
				case '/health/ready':
					return void response.writeHead((isServing?.() ?? true) && (await isReady(sql)) ? 200 : 503).end()
				default:
					return void response.writeHead(404).end()
			}
		} catch (error) {
			log.warn({ err: error, path: request.url }, 'the operator could not be answered')
			response.writeHead(503).end()
		}
	}
}
