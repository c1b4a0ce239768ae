import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Admin } from '@platformatic/kafka'

const START_SCRIPT = join(import.meta.dirname, '../../deploy/kafka/start.sh')
const START_TIMEOUT_MS = 90_000
const STOP_TIMEOUT_MS = 15_000
const PAUSE_MS = 100
const OUTPUT_KEPT = 4_000

/** An Apache Kafka of one node from deploy/kafka, on free ports and with its own data. */
export type Broker = {
	/** `host:port`. */
	readonly address: string
	/** Ends it as a power cut would. */
	kill(): Promise<void>
	/** Starts it again after `kill`, on the same port and data; resolves when it answers. */
	restart(): Promise<void>
	/** Ends it and removes its data. */
	stop(): Promise<void>
}

/** Opens another way to the broker at that address. Returns the `host:port` at which the way begins. */
type OpenWay = (address: string) => Promise<string>

/**
 * Starts a broker; resolves when it answers. The first time, Maven brings Kafka along. Whoever comes by the way that `openWay`
 * opens is told of no other one.
 */
export async function startBroker(openWay?: OpenWay): Promise<Broker> {
	const [port, controllerPort, farPort] = await freePorts()
	const dataDir = await mkdtemp(join(tmpdir(), 'prilavok-kafka-'))
	const settings = {
		KAFKA_PORT: String(port),
		KAFKA_CONTROLLER_PORT: String(controllerPort),
		KAFKA_DATA_DIR: dataDir,
		...(openWay && { KAFKA_FAR_PORT: String(farPort), KAFKA_FAR_ADDRESS: await openWay(`127.0.0.1:${farPort}`) }),
	}
	const address = `127.0.0.1:${port}`
	let running: Running = run(settings)
	const stop = async () => {
		await running.end('SIGTERM')
		await rm(dataDir, { recursive: true, force: true })
	}
	try {
		await untilItAnswers(address, running)
	} catch (error) {
		await stop()
		throw error
	}
	return {
		address,
		kill: () => running.end('SIGKILL'),
		async restart() {
			running = run(settings)
			await untilItAnswers(address, running)
		},
		stop,
	}
}

type Running = {
	/** What it has written last, once it has ended. */
	readonly ended: () => string | undefined
	end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
}

function run(settings: Readonly<Record<string, string>>): Running {
	const child: ChildProcess = spawn(START_SCRIPT, { env: { ...process.env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] })
	let output = ''
	let over = false
	// A test file that breaks down leaves nothing behind.
	const killAtExit = () => child.kill('SIGKILL')
	process.once('exit', killAtExit)
	const ended = once(child, 'close').then(
		() => (over = true),
		(error: unknown) => {
			output += String(error)
			over = true
		},
	)
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-OUTPUT_KEPT)))
	}
	return {
		ended: () => (over ? output : undefined),
		async end(signal) {
			child.kill(signal)
			const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
			await ended
			clearTimeout(timer)
			process.off('exit', killAtExit)
		},
	}
}

async function untilItAnswers(address: string, running: Running): Promise<void> {
	const deadline = performance.now() + START_TIMEOUT_MS
	for (;;) {
		const admin = new Admin({ clientId: 'broker-start', bootstrapBrokers: [address], retries: 0 })
		try {
			const { brokers } = await admin.metadata({ topics: [] })
			if (brokers.size > 0) return
		} catch (error) {
			const output = running.ended()
			if (output !== undefined) throw new Error(`the broker ended:\n${output}`, { cause: error })
			if (performance.now() > deadline) throw error
		} finally {
			await admin.close()
		}
		await sleep(PAUSE_MS)
	}
}

/** Three ports that nobody listens on now. */
async function freePorts(): Promise<[number, number, number]> {
	const servers = [createServer(), createServer(), createServer()] as const
	const [first, second, third] = await Promise.all(
		servers.map(async (server) => {
			server.listen(0, '127.0.0.1')
			await once(server, 'listening')
			const address = server.address()
			return typeof address === 'object' && address !== null ? address.port : 0
		}),
	)
	await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
	return [first ?? 0, second ?? 0, third ?? 0]
}
