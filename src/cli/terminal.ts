import { once } from 'node:events'

/** Where a command's words go, and how it learns that nobody wants more of them. */
export type Terminal = {
	/** A line of the result, on stdout; resolves when there is room for the next. */
	print(line: string): Promise<void>
	/** A line for people, on stderr. */
	say(line: string): void
	/** Aborted by Ctrl-C or SIGTERM: end what runs, leave nothing half done. A second signal ends the process at once. */
	readonly interrupted: AbortSignal
	/** Aborted then, and when whoever read stdout is gone (`| head`), which is no error. */
	readonly ending: AbortSignal
}

/** By the shell's habit: 128 and the number of the signal. */
export const INTERRUPTED_EXIT_CODE = 130

/** The terminal of this process. */
export function openTerminal(): Terminal {
	const { stdout, stderr } = process
	const interrupted = new AbortController()
	const readerGone = new AbortController()
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			if (interrupted.signal.aborted) process.exit(INTERRUPTED_EXIT_CODE)
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
	return {
		interrupted: interrupted.signal,
		ending,
		say: (line) => void stderr.write(`${line}\n`),
		async print(line) {
			if (ending.aborted || stdout.write(`${line}\n`)) return
			await once(stdout, 'drain', { signal: ending }).catch((error: unknown) => {
				// Nobody waits for room any more: the reader is gone, or the command ends.
				if (!ending.aborted && !readerGone.signal.aborted) throw error
			})
		},
	}
}
