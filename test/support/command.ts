import { spawnSync } from 'node:child_process'

/** Runs a command of the machine; returns what is wrong with that, undefined when nothing is. */
export function faultOf(command: string, ...args: readonly string[]): string | undefined {
	const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
	return status === 0 ? undefined : `${command} ${args.join(' ')}: ${(error?.message ?? stderr).trim()}`
}

/** What a command of the machine prints; nothing where there is none such. */
export const printedBy = (command: string, ...args: readonly string[]): string =>
	spawnSync(command, args, { encoding: 'utf8' }).stdout ?? ''

export function must(fault: string | undefined): void {
	if (fault !== undefined) throw new Error(fault)
}
