import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { StorageError } from './errors.ts'
import type { Files } from './port.ts'

async function* bytes(content: string): AsyncGenerator<Buffer, void> {
	yield Buffer.from(content)
}

/**
 * Tries what reports need of their storage, on a file that is removed again: that it is written, is not written over, and is
 * read. Throws a `StorageError` when it can't be done.
 */
export async function tryStorage(files: Files): Promise<void> {
	const name = `try-${randomUUID()}`
	try {
		await files.write(name, bytes('first'))
		if ((await files.write(name, bytes('second'))) !== 'taken') {
			throw new StorageError('refused', 'it writes over files: it must know the condition If-None-Match', undefined)
		}
		const stored = await files.read(name)
		if (stored === undefined || (await text(stored)) !== 'first') {
			throw new StorageError('refused', 'it does not give back what was written', undefined)
		}
	} finally {
		await files.remove(name)
	}
}
