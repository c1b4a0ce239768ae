import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from './client.ts'

const TIMEOUT_MS = 15_000

/**
 * Sends bytes as they are, on a connection of their own, and returns the answers that came back when the server has closed
 * it: so let the last request say `connection: close`. With `leave` the sender goes away instead, as soon as all is sent; with `afterMs`
 * it says nothing for so long first.
 */
export async function exchange(url: string, bytes: string | Buffer, { leave = false, afterMs = 0 } = {}): Promise<Answer[]> {
	const { hostname, port } = new URL(url)
	const socket = connect(Number(port), hostname)
	const received: Buffer[] = []
	socket.on('data', (chunk) => received.push(chunk))
	// A reset is an end like another one here: what has come before it counts.
	socket.on('error', () => undefined)
	socket.setTimeout(TIMEOUT_MS, () => socket.destroy())
	const closed = once(socket, 'close')
	if (afterMs > 0) await sleep(afterMs)
	socket.write(bytes, () => leave && socket.resetAndDestroy())
	await closed
	return answersIn(Buffer.concat(received).toString())
}

function answersIn(text: string): Answer[] {
	const answers: Answer[] = []
	for (let rest = text; rest !== ''; ) {
		const at = rest.indexOf('\r\n\r\n')
		if (at < 0) throw new Error(`half an answer: ${rest}`)
		const [line = '', ...fields] = rest.slice(0, at).split('\r\n')
		const headers = new Headers(
			fields.map((field): [string, string] => [field.split(':', 1)[0] ?? '', field.replace(/^[^:]*:/, '')]),
		)
		const after = Buffer.from(rest.slice(at + 4))
		// Without a length it is one of Node's own answers, in one empty chunk.
		const length = Number(headers.get('content-length') ?? after.length)
		const body = after.subarray(0, length).toString()
		answers.push({ status: Number(line.split(' ')[1]), headers, text: body, body: parse(body) })
		rest = after.subarray(length).toString()
	}
	return answers
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch (error) {
		if (error instanceof SyntaxError) return text
		throw error
	}
}
