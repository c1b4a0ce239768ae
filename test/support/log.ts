import { Writable } from 'node:stream'

/** Keeps what a service logs: `startTestShop({ …, LOG_LEVEL: 'warn' }, log.to)`. */
export function keepLog(): { readonly to: Writable; readonly text: () => string } {
	let text = ''
	const to = new Writable({
		write(chunk: Buffer, _encoding, done) {
			text += chunk.toString()
			done()
		},
	})
	return { to, text: () => text }
}
