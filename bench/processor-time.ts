import { readdir, readFile } from 'node:fs/promises'

const CLOCK_TICKS_PER_S = 100
const FIELD_PARENT = 1
const FIELD_USER = 11
const FIELD_SYSTEM = 12
const FIELD_CHILDREN_USER = 13
const FIELD_CHILDREN_SYSTEM = 14

type Process = { readonly pid: number; readonly parent: number; readonly ticks: number }

/**
 * Processor time in seconds that a process and all below it have taken so far, those that have ended too. Says what a request
 * costs even where other programs take a part of the machine.
 */
export async function processorTimeS(pid: number): Promise<number> {
	return (await familyOf(pid)).reduce((sum, { ticks }) => sum + ticks, 0) / CLOCK_TICKS_PER_S
}

/** A process and all below it that run now. */
export async function familyOf(pid: number): Promise<Process[]> {
	const all = await listProcesses()
	const wanted = new Set([pid])
	// A child's number is not always greater than its parent's, so once around is not enough.
	for (let found = 0; found < wanted.size; ) {
		found = wanted.size
		for (const process of all) if (wanted.has(process.parent)) wanted.add(process.pid)
	}
	return all.filter((process) => wanted.has(process.pid))
}

async function listProcesses(): Promise<Process[]> {
	const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
	const found = await Promise.all(names.map(readProcess))
	return found.filter((process) => process !== undefined)
}

async function readProcess(name: string): Promise<Process | undefined> {
	try {
		const stat = await readFile(`/proc/${name}/stat`, 'utf8')
		// After the name, which may hold spaces: state, parent, …
		const fields = stat
			.slice(stat.lastIndexOf(')') + 2)
			.split(' ')
			.map(Number)
		const of = (index: number): number => fields[index] ?? 0
		const ticks = of(FIELD_USER) + of(FIELD_SYSTEM) + of(FIELD_CHILDREN_USER) + of(FIELD_CHILDREN_SYSTEM)
		return { pid: Number(name), parent: of(FIELD_PARENT), ticks }
	} catch (error) {
		// It has ended since the list was made.
		if (error instanceof Error && 'code' in error) return undefined
		throw error
	}
}
