import { setTimeout as sleep } from 'node:timers/promises'
import { type DownloadTarget, openFileTarget, openStdoutTarget } from './download-target.ts'
import { barLine, createReckoning, sizeIn } from './how-far.ts'
import { openReports, type ReportAnswer, type ReportClient, type ShopPlace, Unavailable } from './report-client.ts'
import type { Terminal } from './terminal.ts'

/** No byte for so long, and the connection is given up for a new one. */
const STALLED_MS = 30_000
/** So many connections in a row without a byte, and the download is given up. */
const FAILURES_MAX = 8
const RETRY_FIRST_MS = 250
const RETRY_MAX_MS = 10_000
const SHOW_EVERY_MS = 200

/**
 * Fetches the file of a completed report, to `file`, or to stdout where that is `-`, and looks whether it is what the report's
 * SHA-256 says. A connection that breaks is made anew and goes on where the last one ended. A file appears under its name when it
 * is whole and right; what there is of one that was cut short is kept, and the next call goes on from there.
 */
export async function downloadReport(
	id: string,
	options: ShopPlace & { readonly file: string },
	terminal: Terminal,
): Promise<void> {
	const { interrupted, ending, say } = terminal
	const reports = await openReports(options, terminal)
	const report = await reports.find(id)
	const { status, number, bytes, sha256 } = report
	if (status !== 'completed' || sha256 === null)
		throw new Error(`Report ${number} is ${status} and has no file: "npm run -s cli -- reports wait ${id}" tells more.`)
	const target = options.file === '-' ? openStdoutTarget(terminal) : await openFileTarget(options.file, report)
	try {
		await fetchRest({ reports, report, target, terminal })
		terminal.screen?.show('')
		if (ending.aborted) throw new Error('nobody reads on')
		await target.finish(sha256)
		say(`Report ${number}: ${sizeIn(bytes)}, and its SHA-256 is right.`)
	} catch (error) {
		if (interrupted.aborted) throw new Error(`Cut short. ${target.remains()}`, { cause: error })
		if (!ending.aborted) throw error
	} finally {
		await target.close()
	}
}

type Download = {
	readonly reports: ReportClient
	readonly report: ReportAnswer
	readonly target: DownloadTarget
	readonly terminal: Terminal
}

/** Fetches what the target does not have, over as many connections as it takes. */
async function fetchRest(download: Download): Promise<void> {
	const { report, target, terminal } = download
	let failures = 0
	while (target.written() < report.bytes) {
		const before = target.written()
		try {
			await fetchOn(download)
			if (target.written() < report.bytes) throw new Unavailable('The connection ended too early.')
		} catch (error) {
			failures = target.written() > before ? 1 : failures + 1
			if (!(error instanceof Unavailable)) throw error
			if (failures >= FAILURES_MAX) throw new Error(`${error.message}\n${target.remains()}`, { cause: error })
			const pauseMs = Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_MAX_MS)
			await sleep(pauseMs, undefined, { signal: terminal.ending })
		}
	}
}

/** Reads one answer to its end. */
async function fetchOn({ reports, report, target, terminal }: Download): Promise<void> {
	const stalled = new AbortController()
	const watch = setTimeout(() => stalled.abort(new Unavailable('Nothing comes any more.')), STALLED_MS)
	const show = createShow(report, terminal)
	try {
		const signal = AbortSignal.any([terminal.ending, stalled.signal])
		for await (const chunk of reports.read(report.report_id, { from: target.written(), signal })) {
			watch.refresh()
			if (target.written() + chunk.length > report.bytes) throw new Error('More came than the report has.')
			await target.write(chunk)
			show(target.written())
		}
	} finally {
		clearTimeout(watch)
	}
}

function createShow({ number, bytes }: ReportAnswer, { screen }: Terminal): (written: number) => void {
	const reckon = createReckoning()
	let shownMs = 0
	return (written) => {
		const atMs = performance.now()
		if (screen === undefined || atMs - shownMs < SHOW_EVERY_MS) return
		shownMs = atMs
		const far = reckon({ atMs, bytes: written, done: written, of: bytes })
		const told = `${sizeIn(written)} of ${sizeIn(bytes)}  ${sizeIn(far.bytesPerSecond)}/s`
		screen.show(barLine(`report ${number}`, far, { told, columns: screen.columns() }))
	}
}
