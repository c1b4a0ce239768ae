import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { httpProblem, problemBody } from './problem.ts'

const LATE = 'ERR_HTTP_REQUEST_TIMEOUT'
const CODES = new Map([
	[LATE, 'request_timeout'],
	['HPE_HEADER_OVERFLOW', 'headers_too_large'],
	['HPE_CHUNK_EXTENSIONS_OVERFLOW', 'body_too_large'],
] as const)
const codeOf = (code = '') => [...CODES].find(([known]) => known === code)?.[1] ?? 'malformed_request'

/**
 * Answers bytes that could not be read as a request, with a problem like everything else, and closes the connection: where the
 * next request on it would begin is unknown. No header could be read, so the problem is told in the language of the shop.
 *
 * Browsers and pools open connections in advance. Node takes one on which nothing came for a request that is late; answered, that
 * would be the answer to whatever is asked on it next. So it stays open for `silentMs` more, as one that is kept alive.
 */
export const answerUnreadable =
	(silentMs: number) =>
	(error: NodeJS.ErrnoException, socket: Socket): void => {
		if (error.code === 'ECONNRESET' || socket.destroyed) return
		if (error.code === LATE && socket.bytesRead === 0) endSilent(socket, silentMs)
		else refuse(error, socket)
	}

/** Ends the connection in so long, unless something has come on it. */
function endSilent(socket: Socket, silentMs: number): void {
	const timer = setTimeout(() => socket.bytesRead === 0 && socket.destroy(), silentMs)
	socket.once('close', () => clearTimeout(timer))
}

function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
	if (socket.writable) {
		const problem = httpProblem(codeOf(error.code))
		const body = problemBody(problem, 'ru')
		const head = [
			`HTTP/1.1 ${problem.spec.status} ${STATUS_CODES[problem.spec.status]}`,
			'content-type: application/problem+json; charset=utf-8',
			`content-length: ${Buffer.byteLength(body)}`,
			'connection: close',
		]
		socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
	}
	socket.destroy()
}
