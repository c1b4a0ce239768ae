import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StorageError, type StorageFault } from './errors.ts'
import { checkName, PART_SUFFIX } from './names.ts'
import type { Files } from './port.ts'

/**
 * Files in a folder. A file is written beside its place, brought to the disk (fsync) and then linked to its name: `link`
 * fails where the name is taken, which `rename` does not, so a writer that was frozen and wakes up late can't put its file
 * over another's. The folder is brought to the disk as well, or a power cut could take the name.
 */
export function createLocalFiles(root: string): Files {
	const pathOf = (name: string): string => {
		checkName(name)
		return join(root, name)
	}
	return {
		async write(name, source, signal) {
			const path = pathOf(name)
			await storing(`prepare the folder of ${name}`, async () => {
				await makeFolder(dirname(path))
				await removeParts(path)
			})
			const part = `${path}.${randomUUID()}${PART_SUFFIX}`
			try {
				await writePart(part, source, signal)
				return await storing(`write ${name}`, () => publish(part, path))
			} catch (error) {
				// Why writing failed is what the caller must know; a part that can't be removed now goes with the next write or remove.
				await rm(part, { force: true }).catch(() => undefined)
				throw error
			}
		},
		async read(name, range) {
			return storing(`read ${name}`, async () => {
				const handle = await orUndefined(open(pathOf(name)))
				// The stream closes the handle when it ends or is destroyed.
				return handle?.createReadStream(range ?? {})
			})
		},
		async stat(name) {
			return storing(`look at ${name}`, async () => {
				const stats = await orUndefined(stat(pathOf(name)))
				return stats && { bytes: stats.size }
			})
		},
		async remove(name) {
			const path = pathOf(name)
			await storing(`remove ${name}`, async () => {
				await rm(path, { force: true })
				await removeParts(path)
			})
		},
	}
}

/** Errors of the source are thrown as they are; those of the disk as `StorageError`. */
async function writePart(part: string, source: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): Promise<void> {
	const handle = await storing(`make ${part}`, () => open(part, 'wx'))
	try {
		for await (const chunk of source) {
			signal?.throwIfAborted()
			await storing(`write ${part}`, () => handle.writeFile(chunk))
		}
		signal?.throwIfAborted()
		await storing(`write ${part}`, () => handle.sync())
	} finally {
		await storing(`close ${part}`, () => handle.close())
	}
}

async function publish(part: string, path: string): Promise<'written' | 'taken'> {
	const written = await link(part, path).then(
		() => true,
		(error: unknown) => {
			if (codeOf(error) === 'EEXIST') return false
			throw error
		},
	)
	await rm(part)
	await syncFolder(dirname(path))
	return written ? 'written' : 'taken'
}

/** A folder that was missing is brought to the disk together with its name in the one above. */
async function makeFolder(folder: string): Promise<void> {
	const first = await mkdir(folder, { recursive: true })
	if (first !== undefined) await syncFolder(dirname(first))
}

async function syncFolder(folder: string): Promise<void> {
	// Windows opens no folders, and its file systems write names in order by themselves.
	if (process.platform === 'win32') return
	const handle = await open(folder)
	try {
		await handle.sync()
	} finally {
		await handle.close()
	}
}

async function removeParts(path: string): Promise<void> {
	const folder = dirname(path)
	const names = (await orUndefined(readdir(folder))) ?? []
	const parts = names.filter((name) => name.startsWith(`${basename(path)}.`) && name.endsWith(PART_SUFFIX))
	for (const part of parts) await rm(join(folder, part), { force: true })
}

const FAULTS: Readonly<Record<string, StorageFault>> = {
	ENOSPC: 'full',
	EDQUOT: 'full',
	EFBIG: 'full',
	EACCES: 'refused',
	EPERM: 'refused',
	EROFS: 'refused',
	ENOTDIR: 'refused',
	EEXIST: 'refused',
	EISDIR: 'refused',
	ELOOP: 'refused',
	ENAMETOOLONG: 'refused',
	ENOTSUP: 'refused',
	ENOSYS: 'refused',
}

const codeOf = (error: unknown): string | undefined =>
	error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

async function orUndefined<Result>(attempt: Promise<Result>): Promise<Result | undefined> {
	try {
		return await attempt
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined
		throw error
	}
}

async function storing<Result>(what: string, run: () => Promise<Result>): Promise<Result> {
	try {
		return await run()
	} catch (error) {
		const code = codeOf(error)
		if (code === undefined) throw error
		throw new StorageError(FAULTS[code] ?? 'unavailable', `could not ${what}: ${code}`, error)
	}
}
