import { once } from 'node:events'

/** Where a command's words go, and how it learns that nobody wants more of them. */
export type Terminal = {
	/** A line of the result, on stdout; resolves when there is room for the next. */
	print(line: string): Promise<void>
	/** Bytes of the result, on stdout; resolves when there is room for more. */
	write(bytes: Uint8Array | string): Promise<void>
	/** A line for people, on stderr. */
	say(line: string): void
	/** Where people look on: their screen, whose line below what was said may be written over. Undefined: a file or a pipe. */
	readonly screen: Screen | undefined
	/** Aborted by Ctrl-C or SIGTERM: end what runs, leave nothing half done. A second signal ends the process at once. */
	readonly interrupted: AbortSignal
	/** Aborted then, and when whoever read stdout is gone (`| head`), which is no error. */
	readonly ending: AbortSignal
}

type Screen = {
	/** Puts a line in the place of the one before, cut to the screen's width; an empty one takes it away. */
	show(line: string): void
	readonly columns: () => number
}

/** By the shell's habit: 128 and the number of the signal. */
export const INTERRUPTED_EXIT_CODE = 130

/** The terminal of this process. */
export function openTerminal(): Terminal {
	const { stdout, stderr } = process
	const line = lastLineOf(stderr)
	const interrupted = new AbortController()
	const readerGone = new AbortController()
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			if (interrupted.signal.aborted) {
				line.hide()
				process.exit(INTERRUPTED_EXIT_CODE)
			}
			interrupted.abort()
		})
	}
	stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') {
			stderr.write(`The result can't be written: ${error.message}\n`)
			process.exitCode = 1
		}
		readerGone.abort()
	})
	const ending = AbortSignal.any([interrupted.signal, readerGone.signal])
	const write = async (bytes: Uint8Array | string) => {
		if (stdout.isTTY) line.hide()
		if (ending.aborted || stdout.write(bytes)) return
		await once(stdout, 'drain', { signal: ending }).catch((error: unknown) => {
			// Nobody waits for room any more: the reader is gone, or the command ends.
			if (!ending.aborted && !readerGone.signal.aborted) throw error
		})
	}
	return {
		interrupted: interrupted.signal,
		ending,
		screen: stderr.isTTY && process.env['TERM'] !== 'dumb' ? { show: line.show, columns: () => stderr.columns } : undefined,
		say(words) {
			line.hide()
			stderr.write(`${words}\n`)
		},
		write,
		print: (text) => write(`${text}\n`),
	}
}

const LINE_START = '\r'
const CLEAR_TO_END = '\x1b[K'

/** The last line of a screen, which nothing else has been written on. */
function lastLineOf(stderr: NodeJS.WriteStream) {
	let shown = false
	const hide = () => {
		if (shown) stderr.write(LINE_START + CLEAR_TO_END)
		shown = false
	}
	const show = (text: string) => {
		if (text === '') return hide()
		shown = true
		// In its last column a screen may already go on to the next line.
		stderr.write(`${LINE_START}${text.slice(0, stderr.columns - 1)}${CLEAR_TO_END}`)
	}
	return { show, hide }
}
