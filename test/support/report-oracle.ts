import { createHash } from 'node:crypto'
import type { Sql } from '../../src/platform/db/database.ts'

/** Moments as text; missing or null: no bound. */
export type PeriodText = { readonly from?: string | null; readonly to?: string | null }

export type ExpectedFile = { readonly lines: number; readonly bytes: number; readonly sha256: string }

/**
 * What the file of a report must be, as the database tells it in a way of its own: another writer of JSON, the joins and the
 * sorting that its planner likes, and all of it in memory.
 */
export async function expectedFile(sql: Sql, { from = null, to = null }: PeriodText = {}): Promise<ExpectedFile> {
	return sql.begin(async (tx) => {
		await tx`set local statement_timeout = 0`
		const [row] = await tx<[ExpectedFile]>`
			with sold as (
				select number, position, convert_to(format(
					e'{"product_name": %s, "price": %s, "amount": %s, "user": {"id": %s}}\n', to_jsonb(name), price, quantity, customer_id
				), 'UTF8') as line
				from order_lines, orders
				where id = order_id and status in ('paid', 'assembling', 'ready', 'received')
					and tstzrange(${from}::text::timestamptz, ${to}::text::timestamptz, '[)') @> created_at
			)
			select count(*) as lines, coalesce(sum(length(line)), 0)::bigint as bytes,
				encode(sha256(coalesce(string_agg(line, ''::bytea order by number, position), '')), 'hex') as sha256
			from sold`
		return { ...row }
	})
}

/** The same of bytes that are there. */
export const fileOf = (bytes: Buffer): ExpectedFile => ({
	lines: bytes.toString('latin1').split('\n').length - 1,
	bytes: bytes.length,
	sha256: createHash('sha256').update(bytes).digest('hex'),
})
