import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from './at-end.ts'
import { faultOf, must } from './command.ts'

/** A file system of its own, in memory, that can be full and read-only. */
export type SmallDisk = {
	readonly folder: string
	/** Takes all that is free but for so many bytes. */
	fill(leaveBytes: number): void
	/** Gives back what `fill` took. */
	makeRoom(): void
	/** Makes it a larger or smaller one. */
	resize(megabytes: number): void
	setReadOnly(readOnly: boolean): void
}

const BALLAST = 'ballast'
const CHUNK = Buffer.alloc(64 * 1024)

const mount = (folder: string, options: string) => faultOf('mount', '-t', 'tmpfs', '-o', options, 'prilavok-test', folder)

/** Why this machine has no small disk for a test, for its `skip`; false where it has. */
export function whyNoSmallDisk(): string | false {
	const folder = mkdtempSync(join(tmpdir(), 'prilavok-disk-'))
	const fault = mount(folder, 'size=64k')
	if (fault === undefined) must(faultOf('umount', folder))
	rmdirSync(folder)
	return fault === undefined ? false : `this process may not mount a small disk (${fault})`
}

/** Mounts a small disk below a temporary folder; it goes with the test file, however it ends but by SIGKILL. */
export function mountSmallDisk(megabytes: number): SmallDisk {
	const folder = mkdtempSync(join(tmpdir(), 'prilavok-disk-'))
	must(mount(folder, `size=${megabytes}m,mode=755`))
	const ballast = join(folder, BALLAST)
	let mounted = true
	const unmount = () => {
		if (!mounted) return
		mounted = false
		// Lazily: what a killed program still holds open goes with it.
		must(faultOf('umount', '--lazy', folder))
		rmdirSync(folder)
	}
	process.once('exit', unmount)
	atEnd(async () => unmount())
	const remount = (options: string) => must(faultOf('mount', '-o', `remount,${options}`, folder))
	return {
		folder,
		fill(leaveBytes) {
			const file = openSync(ballast, 'a')
			try {
				for (;;) {
					const { bavail, bsize } = statfsSync(folder)
					const take = Math.min(bavail * bsize - leaveBytes, CHUNK.length)
					if (take <= 0) return
					writeSync(file, CHUNK, 0, take)
				}
			} finally {
				closeSync(file)
			}
		},
		makeRoom: () => rmSync(ballast, { force: true }),
		resize: (size) => remount(`size=${size}m`),
		setReadOnly: (readOnly) => remount(readOnly ? 'ro' : 'rw'),
	}
}
