import { connect, type Socket } from 'node:net'
import { createHistogram } from 'node:perf_hooks'
import { NS_PER_MS } from './closed-loop.ts'

/** A stream that somebody is to read, of one order. */
export type StreamToRead = { readonly path: string; readonly token: string }

/** What the process that reads is told: open these, one process for all; or what it has seen since the last report. */
export type ReadersOrder =
	| { readonly kind: 'open'; readonly url: string; readonly streams: readonly StreamToRead[] }
	| { readonly kind: 'report' }

/** What it has seen. Times in ms, from the beginning of the change's transaction to its arrival. */
export type ReadersReport = {
	/** Streams whose first bytes have come, on their connection of now. */
	readonly open: number
	/** Connections beyond the first of each stream. */
	readonly reconnects: number
	readonly changes: number
	readonly p50: number
	readonly p99: number
	readonly max: number
	/** Versions of orders that were passed over, and that came twice or out of order. */
	readonly missed: number
	readonly doubled: number
	/** Of the orders as they were seen last. */
	readonly sumOfVersions: number
}

/** Connections that are being made at once, the first time. */
const CONNECTING_MAX = 200
const RECONNECT_FAILED_MS = 500
const READ_BUFFER_BYTES = 64 * 1024

/** Reads many streams as cheaply as can be: bytes of lines, nothing of what a browser does around it. */
function createReaders() {
	let histogram = createHistogram()
	let reconnects = 0
	let changes = 0
	let missed = 0
	let doubled = 0
	const readers: Reader[] = []
	const buffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES)

	class Reader {
		version = 0
		open = false
		readonly #url: URL
		readonly #stream: StreamToRead
		#lastId = ''
		#retryMs = RECONNECT_FAILED_MS
		#rest = ''
		#first = Promise.withResolvers<void>()

		constructor(url: URL, stream: StreamToRead) {
			this.#url = url
			this.#stream = stream
		}

		/** Resolves when the first bytes have come. */
		connect(): Promise<void> {
			const { path, token } = this.#stream
			const socket: Socket = connect({
				host: this.#url.hostname,
				port: Number(this.#url.port),
				onread: {
					buffer,
					callback: (length, bytes) => {
						this.#read(Buffer.from(bytes.buffer, bytes.byteOffset, length).toString())
						return true
					},
				},
			})
			const resume = this.#lastId === '' ? '' : `last-event-id: ${this.#lastId}\r\n`
			socket.write(`GET ${path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${token}\r\n${resume}\r\n`)
			socket.on('error', () => {})
			socket.once('close', () => {
				this.open = false
				this.#rest = ''
				reconnects++
				setTimeout(() => void this.connect(), this.#retryMs)
			})
			return this.#first.promise
		}

		#read(text: string): void {
			const lines = (this.#rest + text).split('\n')
			this.#rest = lines.pop() ?? ''
			for (const line of lines) {
				if (line.startsWith('data: ')) this.#take(line.slice('data: '.length))
				else if (line.startsWith('id: ')) this.#takeId(line.slice('id: '.length))
				else if (line.startsWith('retry: ')) this.#retryMs = Number(line.slice('retry: '.length))
			}
		}

		#takeId(id: string): void {
			this.#lastId = id
			this.open = true
			this.#first.resolve()
		}

		#take(data: string): void {
			const { version, at }: { version?: number; at?: string } = JSON.parse(data)
			if (version === undefined || at === undefined) return
			if (version <= this.version) doubled++
			else missed += version - this.version - 1
			this.version = version
			if (version === 1) return
			changes++
			histogram.record(Math.max(1, Math.round((Date.now() - Date.parse(at)) * NS_PER_MS)))
		}
	}

	return {
		async open(url: URL, streams: readonly StreamToRead[]): Promise<void> {
			const waiting = streams.map((stream) => new Reader(url, stream)).values()
			const connectWaiting = async () => {
				for (const reader of waiting) {
					readers.push(reader)
					await reader.connect()
				}
			}
			await Promise.all(Array.from({ length: CONNECTING_MAX }, connectWaiting))
		},
		report(): ReadersReport {
			const [p50, p99, max] = [histogram.percentile(50), histogram.percentile(99), histogram.max].map((ns) => ns / NS_PER_MS)
			const seen = { reconnects, changes, missed, doubled }
			histogram = createHistogram()
			reconnects = changes = missed = doubled = 0
			const open = readers.filter((reader) => reader.open).length
			const sumOfVersions = readers.reduce((sum, reader) => sum + reader.version, 0)
			return { ...seen, open, p50: p50 ?? 0, p99: p99 ?? 0, max: seen.changes === 0 ? 0 : (max ?? 0), sumOfVersions }
		},
	}
}

const readers = createReaders()
process.on('message', (order: ReadersOrder) => {
	if (order.kind === 'report') process.send?.(readers.report())
	else void readers.open(new URL(order.url), order.streams).then(() => process.send?.(readers.report()))
})
