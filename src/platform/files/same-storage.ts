import { createHash, randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import type { Logger } from 'pino'
import type { Sql } from '../db/database.ts'
import { StorageError } from './errors.ts'
import { type Files, isBucketUrl } from './port.ts'

/** Lies in a folder to tell it from another: whoever reads the same content looks into the same folder. */
const ID_FILE = 'files-id'
/** Enough to tell a few storages apart. */
const MARK_LENGTH = 8

/**
 * A short mark of a storage: processes with the same one see the same files, on one machine or several. A bucket is known by
 * its name, a folder by what lies in it, for a path says nothing of whose disk it is on. Undefined where that can't be read or
 * written; whoever uses the storage will be told why.
 */
export async function markOf(url: string, files: Files): Promise<string | undefined> {
	if (isBucketUrl(url)) return createHash('sha256').update(url).digest('hex').slice(0, MARK_LENGTH)
	try {
		return (await idIn(files)) ?? (await giveId(files))
	} catch (error) {
		if (error instanceof StorageError) return undefined
		throw error
	}
}

async function idIn(files: Files): Promise<string | undefined> {
	const stored = await files.read(ID_FILE)
	return stored && (await text(stored)).slice(0, MARK_LENGTH)
}

/** Of several that do it at once one comes first, or takes the half of another away: what counts is what then lies there. */
async function giveId(files: Files): Promise<string | undefined> {
	try {
		await files.write(ID_FILE, newId())
	} catch (error) {
		const id = await idIn(files)
		if (id === undefined) throw error
		return id
	}
	return idIn(files)
}

/**
 * What a process calls itself to the database, where others see it as long as it is connected: its role, and the mark of its
 * storage where that is known.
 */
export const nameWithMark = (role: string, mark: string | undefined): string =>
	mark === undefined ? `prilavok ${role}` : `prilavok ${role}, files ${mark}`

/** Warns when other processes on this database keep their files elsewhere: on another machine, most often. */
export async function warnOfOtherStorages(sql: Sql, mark: string, log: Logger): Promise<void> {
	const others = await sql<{ address: string; application_name: string }[]>`
		select distinct coalesce(host(client_addr), 'local') as address, application_name
		from pg_stat_activity
		where datname = current_database() and application_name ~ '^prilavok (all|api|worker), files [0-9a-f]+$'
			and right(application_name, ${MARK_LENGTH}) <> ${mark}`
	if (others.length === 0) return
	log.warn(
		{ mark, others: others.map(({ address, application_name: name }) => `${address} ${name}`) },
		'other processes of this shop keep their reports elsewhere, so a report may be asked for where its file is not: ' +
			'give all of them the same REPORTS_URL, a folder that their machines share (file:///…) or a bucket (s3://…)',
	)
}

async function* newId(): AsyncGenerator<Buffer, void> {
	yield Buffer.from(randomUUID())
}
