import assert from 'node:assert/strict'
import { freePort } from '../../src/platform/free-port.ts'
import type { Balancer } from './balancer.ts'
import { createClient } from './client.ts'
import { eventually } from './eventually.ts'
import { type ServiceProcess, startProcess } from './process.ts'
import type { Settings } from './shop.ts'

const READY_WITHIN_MS = 60_000
const SEEN_AWAY_WITHIN_MS = 10_000

/** An instance at an address that it keeps, whichever process is there. */
export type Instance = {
	readonly url: string
	start(): ServiceProcess
	/** Waits until it is ready; throws with what it has written when it ends before. */
	serves(): Promise<void>
	/** Asks it to end, and returns how long that took; it must end by itself. */
	stop(): Promise<number>
	/** Waits until the balancer sends it requests. */
	ready(balancer: Balancer): Promise<void>
	/** Waits until the balancer sends it none, and returns how long that took. */
	away(balancer: Balancer): Promise<number>
}

/** An instance with these settings, not started yet; `cwd`: of another checkout. */
export async function newInstance(settings: Settings, cwd?: string): Promise<Instance> {
	const PORT = String(await freePort())
	const url = `http://127.0.0.1:${PORT}`
	let running: ServiceProcess | undefined
	return {
		url,
		start() {
			running = startProcess({ LOG_LEVEL: 'warn', ...settings, PORT }, undefined, undefined, cwd)
			return running
		},
		async serves() {
			const started = running
			assert.ok(started, 'it was started')
			const isReady = async () => assert.equal((await createClient(url).get('//health/ready')).status, 200)
			await Promise.race([eventually(isReady, READY_WITHIN_MS), started.ended.then(() => assert.fail(started.output()))])
		},
		async stop() {
			const since = performance.now()
			running?.child.kill('SIGTERM')
			assert.equal(await running?.ended, 0, running?.output())
			return Math.round(performance.now() - since)
		},
		ready: ({ isReady }) =>
			eventually(async () => assert.ok(isReady(url), `${url} is not ready: ${running?.output()}`), READY_WITHIN_MS),
		async away({ isReady }) {
			const since = performance.now()
			await eventually(async () => assert.ok(!isReady(url), `${url} is taken for ready`), SEEN_AWAY_WITHIN_MS)
			return Math.round(performance.now() - since)
		},
	}
}
