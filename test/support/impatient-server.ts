import { httpProblem } from '../../src/platform/http/problem.ts'
import { createServer } from '../../src/platform/http/server.ts'
import { atEnd } from './at-end.ts'
import type { TestShop } from './shop.ts'

/** The HTTP side alone, with less patience, so that nobody waits for 10 seconds here. */
export async function startImpatientServer({ service: { log, metrics } }: TestShop): Promise<string> {
	const refuse = async () => {
		throw httpProblem('unauthenticated')
	}
	const guards = { customer: refuse, service: refuse, staff: refuse }
	const server = createServer({ log, metrics, guards, trustedProxies: 0, requestTimeoutMs: 100 })
	atEnd(() => server.close())
	return server.listen({ port: 0 })
}
