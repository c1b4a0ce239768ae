import { Agent, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { atEnd } from './at-end.ts'
import { serveInFront } from './http-proxy.ts'

const LOOK_EVERY_MS = 100
const LOOK_TIMEOUT_MS = 2_000
/** Who has not been ready so often in a row gets nothing more; once ready, it does again. */
const FALL = 2

/** What stands before several instances, as operators put it there. */
export type Balancer = {
	readonly url: string
	/** Whether new requests go to the instance at that URL. */
	isReady(instance: string): boolean
	/** Requests that were not answered, and what broke. */
	readonly broken: readonly string[]
}

type Instance = { readonly url: string; readonly agent: Agent; unready: number }
type Asked = { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse; readonly body: Buffer }

/**
 * A balancer such as nginx, HAProxy or a service of Kubernetes: it looks at `/health/ready` of each instance, sends new requests to
 * those that are ready, by turns and on connections that it keeps, and asks another one only where nobody took the connection. When
 * a request breaks, so does its client's connection. It goes with the test file.
 */
export async function startBalancer(urls: readonly string[]): Promise<Balancer> {
	const instances = urls.map((url): Instance => ({ url, agent: new Agent({ keepAlive: true }), unready: FALL }))
	const isReady = ({ unready }: Instance) => unready < FALL
	const broken: string[] = []
	let turn = 0

	const end = new AbortController()
	const look = async (instance: Instance) => {
		while (!end.signal.aborted) {
			instance.unready = (await saysReady(instance.url)) ? 0 : instance.unready + 1
			await sleep(LOOK_EVERY_MS, undefined, { signal: end.signal }).catch(() => undefined)
		}
	}
	const looking = Promise.all(instances.map(look))
	atEnd(async () => {
		end.abort()
		await looking
		for (const { agent } of instances) agent.destroy()
	})

	const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
		const asked = { incoming, outgoing, body: await buffer(incoming) }
		const ready = instances.filter(isReady)
		const first = turn++
		for (const [index] of ready.entries()) {
			const instance = ready[(first + index) % ready.length]
			if (instance && (await isTaken(instance, asked, broken))) return
		}
		broken.push(`${incoming.method} ${incoming.url}: none of ${ready.length} took it`)
		outgoing.destroy()
	}
	const url = await serveInFront((incoming, outgoing) => {
		// Who goes away while it still sends has not been let down by anybody.
		answer(incoming, outgoing).catch(() => outgoing.destroy())
	})
	return {
		url,
		broken,
		isReady: (of) => instances.some((instance) => instance.url === of && isReady(instance)),
	}
}

const saysReady = (url: string): Promise<boolean> =>
	fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(LOOK_TIMEOUT_MS) }).then(
		async (response) => {
			await response.arrayBuffer()
			return response.ok
		},
		() => false,
	)

/** What concerns a connection and not what is sent on it. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive'])
const endToEnd = (headers: IncomingHttpHeaders) =>
	Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)))

/** Passes the request on; false when nobody took the connection, so that another one may be asked. */
function isTaken(instance: Instance, { incoming, outgoing, body }: Asked, broken: string[]): Promise<boolean> {
	const { method = 'GET', url: path = '/', headers } = incoming
	const { url, agent } = instance
	const { promise, resolve } = Promise.withResolvers<boolean>()
	const asked = request(new URL(path, url), { method, headers: endToEnd(headers), agent }, (answer) => {
		resolve(true)
		outgoing.writeHead(answer.statusCode ?? 0, endToEnd(answer.headers))
		pipeline(answer, outgoing, () => {
			if (answer.errored !== null) breaks(answer.errored, 'in its answer')
		})
	})
	let left = false
	const breaks = (error: NodeJS.ErrnoException, where: string) => {
		// Who has gone away sees nothing of it.
		if (!left)
			broken.push(
				`${method} ${path}: ${error.code ?? error.message} ${where} to ${instance.unready < FALL ? 'one' : 'none'} that is ready`,
			)
		outgoing.destroy()
	}
	asked.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'ECONNREFUSED') return resolve(false)
		resolve(true)
		breaks(error, asked.reusedSocket ? 'on a connection that was kept' : 'on a new connection')
	})
	outgoing.on('close', () => {
		if (outgoing.writableFinished) return
		left = true
		asked.destroy()
	})
	asked.end(body)
	return promise
}
