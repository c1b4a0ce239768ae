import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { httpProblem, problemBody } from './problem.ts'

const CODES = new Map([
	['ERR_HTTP_REQUEST_TIMEOUT', 'request_timeout'],
	['HPE_HEADER_OVERFLOW', 'headers_too_large'],
	['HPE_CHUNK_EXTENSIONS_OVERFLOW', 'body_too_large'],
] as const)
const codeOf = (code = '') => [...CODES].find(([known]) => known === code)?.[1] ?? 'malformed_request'

/**
 * Answers bytes that could not be read as a request, with a problem like everything else, and closes the connection: where the
 * next request on it would begin is unknown. No header could be read, so the problem is told in the language of the shop.
 */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
	if (error.code === 'ECONNRESET' || socket.destroyed) return
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
