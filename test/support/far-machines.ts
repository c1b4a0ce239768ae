import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { atEnd } from './at-end.ts'
import { faultOf, must, printedBy } from './command.ts'

/** A machine as the network sees it: a namespace with an address and two lines of its own. */
export type FarMachine = {
	/** A command that runs another one there, for `startProcess`. */
	readonly by: readonly string[]
	/** Where it is reached by the line that is always up. */
	readonly address: string
}

export type FarMachines = {
	/** Where those machines reach this one, by a line that can go down. They reach each other. */
	readonly address: string
	add(): FarMachine
	/** Takes that line down. Nobody is told: what is sent is lost. */
	takeDown(): void
	bringUp(): void
}

/** Networks that are set aside for tests of networks (RFC 2544). */
const BACK = '198.18'
const FRONT = '198.19'
const NUMBERS = 256

const ip = (...args: readonly string[]): string | undefined => faultOf('ip', ...args)

/** All that a process lays begins with this: whoever comes later sees whose it is. */
const nameOf = (pid: number): string => `pb${pid}`
const OWNER = /^pb(\d+)(?!\d)/

/** The names of all network namespaces or devices there are, where they can be listed. */
export function networkNames(kind: 'netns' | 'link'): string[] {
	const found: { name?: string; ifname?: string }[] = JSON.parse(printedBy('ip', '-json', kind, 'show') || '[]')
	return found.map(({ name, ifname }) => name ?? ifname ?? '')
}

/** Takes away what processes laid that were killed before they could. Of its own number was another one: this one has laid nothing yet. */
function removeLeftBehind(): void {
	for (const kind of ['netns', 'link'] as const) {
		for (const name of networkNames(kind)) {
			const pid = Number(OWNER.exec(name)?.[1] ?? Number.NaN)
			if (Number.isNaN(pid) || (pid !== process.pid && existsSync(`/proc/${pid}`))) continue
			// One whose other end was taken away is gone already.
			ip(kind, 'del', name)
		}
	}
}

/** Why this machine has no others within it for a test, for its `skip`; false where it has. Asked before any are laid. */
export function whyNoFarMachines(): string | false {
	removeLeftBehind()
	const name = nameOf(process.pid)
	const laid: string[][] = []
	const lay = (kind: string, what: string, ...how: readonly string[]): string | undefined => {
		const fault = ip(kind, 'add', what, ...how)
		if (fault === undefined) laid.push([kind, 'del', what])
		return fault
	}
	const fault =
		lay('netns', name) ??
		lay('link', `${name}n`, 'type', 'bridge') ??
		lay('link', `${name}b`, 'type', 'veth', 'peer', 'name', 'back', 'netns', name)
	for (const step of laid.toReversed()) must(ip(...step))
	return fault === undefined ? false : `this process may not lay networks (${fault})`
}

/**
 * Lays the lines for other machines within this one; they go with the test file, however it ends. (After SIGKILL the next file that asks
 * `whyNoFarMachines` takes them away.) The line that can go down lies between two switches, and nobody has to ask who has an address: as where routers are between, neither end sees anything
 * of it. (An end that does sends again as soon as it can, and not when its patience has doubled once more.)
 */
export function layFarMachines(): FarMachines {
	const net = randomInt(NUMBERS)
	const name = nameOf(process.pid)
	const [near, far, line, idle] = [`${name}n`, `${name}f`, `${name}l`, `${name}i`]
	const address = addressIn(net, 1)
	const remove = removal()
	const link = (device: string, ...how: readonly string[]) => {
		must(ip('link', 'add', device, ...how))
		remove.later('link', 'del', device)
	}
	link(near, 'address', macOf(1), 'type', 'bridge', 'forward_delay', '0')
	link(far, 'type', 'bridge', 'forward_delay', '0')
	link(line, 'type', 'veth', 'peer', 'name', `${line}f`)
	// Something else is plugged in there: a switch with nothing on it would be seen to be down.
	link(idle, 'type', 'veth', 'peer', 'name', `${idle}f`)
	must(ip('address', 'add', `${address}/24`, 'dev', near))
	for (const [device, master] of [
		[line, near],
		[idle, near],
		[`${line}f`, far],
	] as const)
		must(ip('link', 'set', device, 'master', master, 'up'))
	for (const device of [near, far, `${idle}f`]) must(ip('link', 'set', device, 'up'))
	let machines = 0
	return {
		address,
		add() {
			const number = ++machines
			const space = `${name}-${number}`
			must(ip('netns', 'add', space))
			remove.later('netns', 'del', space)
			const inside = (...args: readonly string[]) => must(ip('-n', space, ...args))
			inside('link', 'set', 'lo', 'up')
			const [back, front] = [`${name}b${number}`, `${name}p${number}`]
			const [own, mac] = [addressIn(net, number + 1), macOf(number + 1)]
			link(back, 'type', 'veth', 'peer', 'name', 'back', 'address', mac, 'netns', space)
			must(ip('link', 'set', back, 'master', far, 'up'))
			inside('address', 'add', `${own}/24`, 'dev', 'back')
			inside('link', 'set', 'back', 'up')
			inside('neighbour', 'add', address, 'lladdr', macOf(1), 'dev', 'back', 'nud', 'permanent')
			must(ip('neighbour', 'add', own, 'lladdr', mac, 'dev', near, 'nud', 'permanent'))

			const [here, there] = [`${FRONT}.${net}.${4 * number + 1}`, `${FRONT}.${net}.${4 * number + 2}`]
			link(front, 'type', 'veth', 'peer', 'name', 'front', 'netns', space)
			must(ip('address', 'add', `${here}/30`, 'dev', front))
			must(ip('link', 'set', front, 'up'))
			inside('address', 'add', `${there}/30`, 'dev', 'front')
			inside('link', 'set', 'front', 'up')
			return { by: ['ip', 'netns', 'exec', space], address: there }
		},
		takeDown: () => must(ip('link', 'set', line, 'down')),
		bringUp: () => must(ip('link', 'set', line, 'up')),
	}
}

const addressIn = (net: number, host: number): string => `${BACK}.${net}.${host}`
const macOf = (host: number): string => `02:00:00:00:00:${host.toString(16).padStart(2, '0')}`

/** Takes back what was laid, the last first, when the test file or the process ends. */
function removal() {
	const steps: (readonly string[])[] = []
	const all = () => {
		for (let step = steps.pop(); step !== undefined; step = steps.pop()) must(ip(...step))
	}
	process.once('exit', all)
	atEnd(async () => all())
	return { later: (...step: readonly string[]) => void steps.push(step) }
}
