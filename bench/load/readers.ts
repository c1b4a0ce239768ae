import { connect } from 'node:net'
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

/** What was seen since the last report. */
const newCounts = () => ({ reconnects: 0, changes: 0, missed: 0, doubled: 0 })
let counts = newCounts()
let histogram = createHistogram()
const readers: Reader[] = []
const buffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES)

/** Reads a stream as cheaply as can be: the lines of its bytes, and nothing of what a browser does around them. */
class Reader {
	version = 0
	open = false
	readonly #url: URL
	readonly #stream: StreamToRead
	readonly #first = Promise.withResolvers<void>()
	#lastId = ''
	#retryMs = RECONNECT_FAILED_MS
	#rest = ''

	constructor(url: URL, stream: StreamToRead) {
		this.#url = url
		this.#stream = stream
	}

	/** Resolves when the first bytes have come. When the connection ends it comes again by itself. */
	connect(): Promise<void> {
		const { path, token } = this.#stream
		const callback = (length: number, bytes: Uint8Array) => {
			this.#read(Buffer.from(bytes.buffer, bytes.byteOffset, length).toString())
			return true
		}
		const socket = connect({ host: this.#url.hostname, port: Number(this.#url.port), onread: { buffer, callback } })
		const resume = this.#lastId === '' ? '' : `last-event-id: ${this.#lastId}\r\n`
		socket.write(`GET ${path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${token}\r\n${resume}\r\n`)
		socket.on('error', () => {})
		socket.once('close', () => {
			this.open = false
			this.#rest = ''
			counts.reconnects++
			setTimeout(() => void this.connect(), this.#retryMs)
		})
		return this.#first.promise
	}

	#read(text: string): void {
		const lines = (this.#rest + text).split('\n')
		this.#rest = lines.pop() ?? ''
		for (const line of lines) {
			const [, field, value = ''] = /^(data|id|retry): (.*)$/.exec(line) ?? []
			if (field === 'data') this.#take(value)
			if (field === 'retry') this.#retryMs = Number(value)
			if (field === 'id') {
				this.#lastId = value
				this.open = true
				this.#first.resolve()
			}
		}
	}

	#take(data: string): void {
		const { version, at }: { version?: number; at?: string } = JSON.parse(data)
		if (version === undefined || at === undefined) return
		if (version <= this.version) counts.doubled++
		else counts.missed += version - this.version - 1
		this.version = version
		if (version === 1) return
		counts.changes++
		histogram.record(Math.max(1, Math.round((Date.now() - Date.parse(at)) * NS_PER_MS)))
	}
}

async function openReaders(url: URL, streams: readonly StreamToRead[]): Promise<void> {
	const waiting = streams.map((stream) => new Reader(url, stream)).values()
	const connectWaiting = async () => {
		for (const reader of waiting) {
			readers.push(reader)
			await reader.connect()
		}
	}
	await Promise.all(Array.from({ length: CONNECTING_MAX }, connectWaiting))
}

function takeReport(): ReadersReport {
	const inMs = (ns: number) => (counts.changes === 0 ? 0 : ns / NS_PER_MS)
	const report = {
		...counts,
		open: readers.filter((reader) => reader.open).length,
		p50: inMs(histogram.percentile(50)),
		p99: inMs(histogram.percentile(99)),
		max: inMs(histogram.max),
		sumOfVersions: readers.reduce((sum, reader) => sum + reader.version, 0),
	}
	counts = newCounts()
	histogram = createHistogram()
	return report
}

process.on('message', (order: ReadersOrder) => {
	if (order.kind === 'report') process.send?.(takeReport())
	else void openReaders(new URL(order.url), order.streams).then(() => process.send?.(takeReport()))
})
