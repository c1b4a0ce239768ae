import { globSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from './at-end.ts'
import type { Settings } from './shop.ts'

/** Where Debian and others put it; the one for programs with threads. */
const LIBRARIES = '/usr/lib*/{*/,}faketime/libfaketimeMT.so.1'

const library = (): string | undefined => globSync(LIBRARIES)[0]

/** Why this machine can't give a process another clock, for a test's `skip`; false where it can. */
export const whyNoFakedClock = (): string | false =>
	library() === undefined && 'there is no libfaketime (Debian: apt-get install --no-install-recommends libfaketime)'

/** The wall clock of processes that are started with these settings. What counts time that goes by (timers) is not faked. */
export type FakedClock = {
	readonly settings: Settings
	/** From now on it is wrong by so much. */
	jumpTo(offsetS: number): Promise<void>
}

/** Makes a clock that is right at first; its file goes with the test file. */
export async function createFakedClock(): Promise<FakedClock> {
	const folder = await mkdtemp(join(tmpdir(), 'prilavok-clock-'))
	atEnd(() => rm(folder, { recursive: true, force: true }))
	const file = join(folder, 'offset')
	const jumpTo = async (offsetS: number) => {
		// Renamed, so that whoever looks at the clock meanwhile reads the old or the new one.
		await writeFile(`${file}.next`, `${offsetS < 0 ? '-' : '+'}${Math.abs(offsetS)}\n`)
		await rename(`${file}.next`, file)
	}
	await jumpTo(0)
	const settings = {
		LD_PRELOAD: library() ?? '',
		FAKETIME_TIMESTAMP_FILE: file,
		// Looked at each time, so that a jump is one for all threads at once.
		FAKETIME_NO_CACHE: '1',
		FAKETIME_DONT_FAKE_MONOTONIC: '1',
		// The times of files are the machine's.
		NO_FAKE_STAT: '1',
	}
	return { settings, jumpTo }
}
