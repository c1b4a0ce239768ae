import type { Sql } from '../../platform/db/database.ts'

/** Before a removal that failed, or whose worker died over it, is tried again. */
const RETRY = '5 minutes'
/**
 * A failed report's file is removed a second time so long after the report failed. A worker that was frozen while it wrote, and
 * is killed just after it woke up, may have left something when the others were done.
 */
const LAST_LOOK = '1 day'

/** Makes completed reports older than that expired, `limit` at the most, and their files due to be removed. Returns how many. */
export async function expireReports(sql: Sql, { keepDays, limit }: { keepDays: number; limit: number }): Promise<number> {
	const { count } = await sql`
		update reports set status = 'expired', remove_file_at = now()
		where id in (
			select id from reports where status = 'completed' and completed_at < now() - ${keepDays} * interval '1 day'
			order by completed_at limit ${limit} for update skip locked
		)`
	return count
}

/** Takes a report whose file is due to be removed, or the one asked for if it is: for a while it is nobody else's. */
export async function takeRemoval(sql: Sql, id?: string): Promise<string | undefined> {
	const [row] = await sql<[{ id: string }?]>`
		update reports set remove_file_at = now() + ${RETRY}::interval
		where id = (
			select id from reports where remove_file_at <= now() ${id === undefined ? sql`` : sql`and id = ${id}`}
			order by remove_file_at limit 1 for update skip locked
		)
		returning id`
	return row?.id
}

/** Notes that nothing is left of the file of a report that is to have none. */
export async function noteRemoval(sql: Sql, id: string): Promise<void> {
	await sql`
		update reports set remove_file_at =
			case when status = 'failed' and now() < completed_at + ${LAST_LOOK}::interval then completed_at + ${LAST_LOOK}::interval end
		where id = ${id} and remove_file_at is not null`
}

/** Whether a report has ended without a file, or its file has been given up. */
export async function hasNoFile(sql: Sql, id: string): Promise<boolean> {
	const { count } = await sql`select from reports where id = ${id} and status in ('failed', 'expired')`
	return count > 0
}
