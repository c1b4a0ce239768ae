import { once } from 'node:events'
import type { HeapProfiler } from 'node:inspector'
import { outputOf, type ServiceProcess } from './process.ts'

/** What a process is started with, so that it can be asked about its memory. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0 --expose-gc' } as const

/** Asks V8 of a process. */
export type Inspector = {
	/** The large collection: of all that nothing refers to. */
	collect(): Promise<void>
	/**
	 * How many bytes of what the process makes meanwhile outlive small collections: what is still there at the end, or has gone
	 * with a large one.
	 */
	survivingBytes(work: () => Promise<void>): Promise<number>
	close(): void
}

const SAMPLE_EVERY_BYTES = 4_096
const ANSWER_TIMEOUT_MS = 20_000

type Message = { readonly id?: number; readonly result?: { readonly profile: HeapProfiler.SamplingHeapProfile } }

/** Opens an inspector of a process that was started `INSPECTED`. */
export async function inspect(service: ServiceProcess): Promise<Inspector> {
	const [, url = ''] = await outputOf(service, /Debugger listening on (ws:\S+)/)
	const socket = new WebSocket(url)
	await once(socket, 'open')
	let lastId = 0
	const ask = async (method: string, params: object = {}): Promise<Message> => {
		const id = ++lastId
		socket.send(JSON.stringify({ id, method, params }))
		const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS)
		for (;;) {
			const [event]: { data: string }[] = await once(socket, 'message', { signal })
			const message: Message = JSON.parse(event?.data ?? '{}')
			if (message.id === id) return message
		}
	}
	return {
		collect: async () => void (await ask('HeapProfiler.collectGarbage')),
		async survivingBytes(work) {
			await ask('HeapProfiler.startSampling', { samplingInterval: SAMPLE_EVERY_BYTES, includeObjectsCollectedByMajorGC: true })
			await work()
			await ask('Runtime.evaluate', { expression: "gc({ type: 'minor' })" })
			const { result } = await ask('HeapProfiler.stopSampling')
			return result === undefined ? Number.NaN : sizeOf(result.profile.head)
		},
		close: () => socket.close(),
	}
}

const sizeOf = (node: HeapProfiler.SamplingHeapProfileNode): number =>
	node.children.reduce((size, child) => size + sizeOf(child), node.selfSize)
