import { fileURLToPath } from 'node:url'
import type { Readable } from 'node:stream'
import { createLocalFiles } from './local.ts'

/** A part of a file: bytes `start` to `end`, both included, counted from 0. */
export type ByteRange = { readonly start: number; readonly end: number }

/**
 * Files that outlive the process, by names like `reports/0192….jsonl`. A name is written once: whole or not at all, and never
 * anew, so a reader sees one content under one name for ever, whoever else writes.
 *
 * Every function throws a `StorageError` when the storage does not do it.
 */
export type Files = {
	/**
	 * Writes all of `source` under the name and resolves when it is safe from a power cut. `taken`: there is such a file
	 * already; it stays as it is. When the source throws or `signal` is aborted, that error is thrown and nothing is left.
	 * Call it for a name only while no other call for it is meant to succeed: the half-written files of earlier ones go.
	 */
	write(name: string, source: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<'written' | 'taken'>
	/** The file's bytes, or a part of them; undefined where there is no such file. Whoever gets the stream reads or destroys it. */
	read(name: string, range?: ByteRange): Promise<Readable | undefined>
	/** The size in bytes; undefined where there is no such file. */
	stat(name: string): Promise<{ readonly bytes: number } | undefined>
	/** Removes the file and what half-written ones there are of it. No such file is no error. */
	remove(name: string): Promise<void>
}

/** The storage at a URL: `file:///folder`, a folder of this machine or one that several machines share. */
export function createFiles(url: string): Files {
	return createLocalFiles(fileURLToPath(url))
}
