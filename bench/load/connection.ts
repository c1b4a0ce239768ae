import { connect } from 'node:net'

/** An answer as it came; `body` is valid until the next request is sent. */
export type Answer = { readonly status: number; readonly head: string; readonly body: Buffer }

export type Connection = {
	/** Sends a request; one at a time. */
	send(request: Buffer): void
	close(): void
}

export type ConnectionOptions = {
	readonly url: URL
	readonly onAnswer: (answer: Answer) => void
	/** What ends the connection that nobody asked to end. */
	readonly onFault: (error: Error) => void
}

const READ_BUFFER_BYTES = 256 * 1024
const HEAD_END = Buffer.from('\r\n\r\n')
const STATUS_AT = 'HTTP/1.1 '.length
const NOTHING = Buffer.alloc(0)

/**
 * A kept-alive HTTP/1.1 connection that does the least a client can do: on two cores each microsecond that the load costs is
 * taken from what is measured (a request costs undici about twice the processor time). It reads answers with a content-length
 * and those that have no body; anything else is a fault.
 */
export function openConnection({ url, onAnswer, onFault }: ConnectionOptions): Connection {
	let closed = false
	let gathered: Buffer = NOTHING
	const read = (chunk: Buffer) => {
		const bytes = gathered.length === 0 ? chunk : Buffer.concat([gathered, chunk])
		const headEnd = bytes.indexOf(HEAD_END)
		const head = headEnd < 0 ? '' : bytes.toString('latin1', 0, headEnd)
		const end = headEnd < 0 ? Infinity : headEnd + HEAD_END.length + bodyLength(head)
		if (bytes.length < end) {
			gathered = gathered.length === 0 ? Buffer.from(chunk) : bytes
			return
		}
		gathered = NOTHING
		if (bytes.length > end) throw new Error('more bytes than one answer came')
		onAnswer({ status: statusOf(head), head, body: bytes.subarray(headEnd + HEAD_END.length) })
	}
	const socket = connect({
		host: url.hostname,
		port: Number(url.port),
		noDelay: true,
		onread: {
			buffer: Buffer.allocUnsafeSlow(READ_BUFFER_BYTES),
			callback(length, buffer) {
				try {
					read(Buffer.from(buffer.buffer, buffer.byteOffset, length))
				} catch (error) {
					onFault(error instanceof Error ? error : new Error(String(error)))
				}
				return true
			},
		},
	})
	socket.on('error', onFault)
	socket.on('close', () => {
		if (!closed) onFault(new Error('the service closed a connection'))
	})
	return {
		send: (request) => void socket.write(request),
		close() {
			closed = true
			socket.destroy()
		},
	}
}

const statusOf = (head: string): number => Number(head.slice(STATUS_AT, STATUS_AT + 3))

function bodyLength(head: string): number {
	const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
	if (length !== undefined) return Number(length)
	if (statusOf(head) === 204 || statusOf(head) === 304) return 0
	throw new Error(`an answer without content-length came: ${head}`)
}

/** A header's value; undefined where there is none. */
export const headerOf = (head: string, name: string): string | undefined =>
	new RegExp(`\r\n${name}: ([^\r]*)`, 'i').exec(head)?.[1]

export type RequestParts = {
	readonly method: string
	readonly path: string
	readonly headers?: Readonly<Record<string, string>>
	readonly json?: unknown
}

/** The bytes of a request. */
export function requestBytes({ method, path, headers = {}, json }: RequestParts): Buffer {
	const body = json === undefined ? '' : JSON.stringify(json)
	const all: Record<string, string> = { host: 'prilavok', ...headers }
	if (json !== undefined) {
		all['content-type'] = 'application/json'
		all['content-length'] = String(Buffer.byteLength(body))
	}
	const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
	return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}
