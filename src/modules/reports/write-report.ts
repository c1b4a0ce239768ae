import { createHash } from 'node:crypto'
import type { Files } from '../../platform/files/port.ts'
import type { Service } from '../service.ts'
import { soldLines } from '../orders/index.ts'
import { givingWay } from '../../platform/give-way.ts'
import { fileNameOf, type Report, type ReportFile } from './report.ts'

const NEWLINE = 10

/** How far a report is; counts on while it is written. */
export type Progress = { lines: number; bytes: number; linesEstimate: number | null }

export type WriteOptions = { readonly progress: Progress; readonly timeoutMs: number; readonly signal: AbortSignal }

/**
 * Writes the file of a report, from the database to the storage as a stream, and tells what is in it. A file is written once:
 * one that an earlier attempt brought to its end stays, and is read instead. So whichever attempt completes the report tells
 * of the file that is there, and none can change it afterwards.
 */
export async function writeReport(service: Service, files: Files, { report, ...options }: WriteOptions & { report: Report }) {
	const { sql, metrics } = service
	const { progress, timeoutMs, signal } = options
	const name = fileNameOf(report.id)
	if ((await files.stat(name)) === undefined) {
		const estimated = (lines: number) => void (progress.linesEstimate = lines)
		const lines = soldLines(sql, { period: report.period, timeoutMs, signal, estimated })
		const written = measure(
			givingWay(lines, () => metrics.answered),
			progress,
		)
		if ((await files.write(name, written.chunks, signal)) === 'written') return written.result()
		Object.assign(progress, { lines: 0, bytes: 0, linesEstimate: null })
	}
	const stored = await files.read(name)
	if (stored === undefined) throw new Error(`${name} was there and is gone`)
	const read = measure(stored, progress)
	for await (const _ of read.chunks) signal.throwIfAborted()
	return read.result()
}

/** The chunks as they come; when all have gone through, the result tells what they were. */
function measure(source: AsyncIterable<Uint8Array>, progress: Progress) {
	const hash = createHash('sha256')
	async function* chunks() {
		for await (const chunk of source) {
			hash.update(chunk)
			progress.bytes += chunk.length
			for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) progress.lines++
			yield chunk
		}
	}
	const result = (): ReportFile => ({ lines: progress.lines, bytes: progress.bytes, sha256: hash.digest('hex') })
	return { chunks: chunks(), result }
}
