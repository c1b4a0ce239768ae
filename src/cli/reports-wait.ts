import { setTimeout as sleep } from 'node:timers/promises'
import { Ending } from './errors.ts'
import { barLine, clockIn, countIn, createReckoning, sizeIn } from './how-far.ts'
import { openReports, type ReportAnswer, type ReportClient, type ShopPlace, Unavailable } from './report-client.ts'
import type { Terminal } from './terminal.ts'

export type WaitOptions = ShopPlace & { readonly timeoutMs: number }

/** As `timeout` of coreutils ends. */
const TIMED_OUT_EXIT_CODE = 124
/** As often as a worker tells how far it is. */
const LOOK_EVERY_MS = 500
/** Where nobody looks on, a line tells now and then that it goes on. */
const TELL_EVERY_MS = 15_000
const UNDER_WAY: ReadonlySet<string> = new Set(['pending', 'running'])

/**
 * Waits until a report is completed, and prints it. Throws an Error that says why and what to do when it has failed, and an
 * Ending with 124 when the time is over. Whoever ends the waiting does not end the report.
 */
export async function waitForReport(id: string, options: WaitOptions, terminal: Terminal): Promise<void> {
	const { print, say, interrupted, screen } = terminal
	const reports = await openReports(options, terminal)
	const deadline = AbortSignal.timeout(options.timeoutMs)
	const ended = AbortSignal.any([interrupted, deadline])
	const report = await awaitEnd(reports, id, { terminal, ended }).catch((error: unknown) => {
		if (!ended.aborted) throw error
		const words = `the report is made all the same, and "npm run -s cli -- reports wait ${id}" waits again.`
		if (interrupted.aborted) throw new Error(`No longer waited for: ${words}`, { cause: error })
		throw new Ending(TIMED_OUT_EXIT_CODE, `Not completed within the time given: ${words}`, { cause: error })
	})
	screen?.show('')
	await print(JSON.stringify(report))
	const { number, status, lines, bytes, error } = report
	const name = `Report ${number}`
	if (error) throw new Error(`${name} has ${status} (${error.code}): ${error.message}`)
	if (status !== 'completed') throw new Error(`${name} is ${status}: ask for a new one.`)
	const fetching = `"npm run -s cli -- reports download ${id} FILE" fetches it.`
	say(`${name} is completed: ${countIn(lines)} lines, ${sizeIn(bytes)}. ${fetching}`)
}

type Watch = { readonly terminal: Terminal; readonly ended: AbortSignal }

/** Looks until the report is no longer under way. A shop that is away is asked again, as long as there is time. */
async function awaitEnd(reports: ReportClient, id: string, { terminal, ended }: Watch): Promise<ReportAnswer> {
	const tell = createTeller(terminal)
	// A wrong id or key is told at once; what may pass is waited for, unless it was so from the start.
	let seen = false
	for (;;) {
		try {
			const report = await reports.find(id)
			if (!UNDER_WAY.has(report.status)) return report
			seen = true
			tell.report(report)
		} catch (error) {
			if (!(error instanceof Unavailable) || !seen) throw error
			tell.away(error)
		}
		await sleep(LOOK_EVERY_MS, undefined, { signal: ended })
	}
}

/** Tells how it goes: on a screen by a line that changes, else by a line where there is something new, and now and then. */
function createTeller({ say, screen }: Terminal) {
	const began = performance.now()
	const reckon = createReckoning()
	let told = { state: '', atMs: 0 }
	const tell = (state: string, line: (columns: number) => string) => {
		if (screen !== undefined) return screen.show(line(screen.columns()))
		const atMs = performance.now()
		if (told.state === state && atMs - told.atMs < TELL_EVERY_MS) return
		told = { state, atMs }
		say(line(0))
	}
	return {
		report({ number, status, lines, bytes, estimate }: ReportAnswer) {
			const atMs = performance.now()
			const reckoned = reckon({ atMs, bytes, done: lines, of: estimate?.lines_total })
			const far = { ...reckoned, leftS: estimate?.seconds_left ?? reckoned.leftS }
			const name = `report ${number}`
			const waited = clockIn((atMs - began) / 1_000)
			if (status === 'pending') return tell(status, () => `${name}  waits for its turn  ${waited}`)
			const rate = far.perSecond > 0 ? `  ${countIn(far.perSecond)} lines/s` : ''
			tell(status, (columns) =>
				barLine(name, far, { told: `${countIn(lines)} lines  ${sizeIn(bytes)}${rate}  ${waited}`, columns }),
			)
		},
		away: ({ message }: Unavailable) => tell('away', () => `${message.split('\n')[0]} Asked again.`),
	}
}
