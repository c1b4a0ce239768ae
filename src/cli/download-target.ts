import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import type { Terminal } from './terminal.ts'

/** Where the bytes of a download go. */
export type DownloadTarget = {
	/** How many bytes it has, those of earlier calls too. */
	readonly written: () => number
	write(chunk: Uint8Array): Promise<void>
	/** All has come: throws unless it is what this SHA-256, in hexadecimal, says. */
	finish(sha256: string): Promise<void>
	/** What to tell whoever has only a part. */
	readonly remains: () => string
	close(): Promise<void>
}

const wrong = (sha256: string) => new Error(`What came is not what the report's SHA-256 (${sha256}) says: fetch it once more.`)

export function openStdoutTarget(terminal: Terminal): DownloadTarget {
	const hash = createHash('sha256')
	let written = 0
	return {
		written: () => written,
		async write(chunk) {
			hash.update(chunk)
			written += chunk.length
			await terminal.write(chunk)
		},
		async finish(sha256) {
			if (hash.digest('hex') !== sha256) throw wrong(sha256)
		},
		remains: () => 'What was printed is a part: fetch it once more.',
		close: async () => undefined,
	}
}

/**
 * A file that gets its name when it is whole, in the place of what had it before. Until then it stands beside it as
 * `<path>.<id>.part`: a report's file never changes, so what is there of it is a beginning to go on from.
 */
export async function openFileTarget(
	path: string,
	{ report_id: id, bytes }: { report_id: string; bytes: number },
): Promise<DownloadTarget> {
	const part = `${path}.${id}.part`
	const handle = await open(part, 'a+')
	const hash = createHash('sha256')
	let { size: written } = await handle.stat()
	if (written > bytes) {
		await handle.truncate()
		written = 0
	}
	for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) hash.update(chunk)
	let closed = false
	return {
		written: () => written,
		async write(chunk) {
			await handle.appendFile(chunk)
			hash.update(chunk)
			written += chunk.length
		},
		async finish(sha256) {
			if (hash.digest('hex') !== sha256) {
				await rm(part)
				throw wrong(sha256)
			}
			// Whoever finds the name finds all of it, also after a power cut.
			await handle.sync()
			await rename(part, path)
		},
		remains: () => `What has come stands in ${part}: the same command goes on from there.`,
		async close() {
			if (!closed) await handle.close()
			closed = true
		},
	}
}
