import { isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Readable } from 'node:stream'
import { createLocalFiles } from './local.ts'
import { s3PlaceOf } from './s3-place.ts'

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

/**
 * The storage at a URL: `file:///folder`, a folder of this machine or one that several machines share; `s3://bucket` or
 * `s3://bucket/prefix`. Nothing is asked of it before the first call. Throws an error that says what to do where the client of
 * S3 is needed and not installed.
 */
export function createFiles(url: string): Files {
	const place = s3PlaceOf(url)
	if (place === undefined) return createLocalFiles(fileURLToPath(url))
	needsPackage('@aws-sdk/client-s3')
	return loadedWhenUsed(async () => (await import('./s3.ts')).createS3Files(place))
}

/** It is installed where it is wanted: 22 MB that a shop with a folder has no use for. */
function needsPackage(name: string): void {
	try {
		import.meta.resolve(name)
	} catch (error) {
		throw new Error('REPORTS_URL names a bucket, and the client of S3 is not installed: run "npm run add:s3" after "npm ci"', {
			cause: error,
		})
	}
}

/** Whether `createFiles` takes this URL. */
export const isFilesUrl = (url: string): boolean => isBucketUrl(url) || isFolderUrl(url)

/** Whether it is S3's. */
export const isBucketUrl = (url: string): boolean => s3PlaceOf(url) !== undefined

function isFolderUrl(url: string): boolean {
	try {
		return isAbsolute(fileURLToPath(url))
	} catch {
		// Another scheme, or the folder of another machine.
		return false
	}
}

/** Whoever keeps reports in a folder does not load the client of S3. */
function loadedWhenUsed(load: () => Promise<Files>): Files {
	let loading: Promise<Files> | undefined
	const files = () => (loading ??= load())
	return {
		write: async (...given) => (await files()).write(...given),
		read: async (...given) => (await files()).read(...given),
		stat: async (...given) => (await files()).stat(...given),
		remove: async (...given) => (await files()).remove(...given),
	}
}
