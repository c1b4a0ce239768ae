import type { Sql } from '../db/database.ts'

type Row = { readonly id: number }

/** An id, and a transaction number that was given away when an event with this id had been seen. */
type Mark = { readonly id: number; readonly xid: bigint; over: boolean }

export type Floor = {
	/** The outbox holds no event with this id or a lower one, and never will. */
	readonly id: () => number
	/** To be told of all events that a read found, and of those in hand, after each read; asks the database five times a second at most. */
	raise(there: readonly Row[]): Promise<void>
}

const LOOK_EVERY_MS = 200

/**
 * From where on the outbox is to be read. What was deleted stays in the table and its index until no transaction may want to see it:
 * beside a report or a backup of minutes each read from the beginning would pass all that was sent meanwhile.
 *
 * The highest id seen is no floor: an event with a lower one may be committed later. But whoever writes one has its transaction number
 * before (`number_transaction`), so a lower one than whoever gets one now. When all with a lower one have ended, what
 * there is of lower ids can be seen; and when a read that begins then finds none, there is none and none comes.
 *
 * `from`: what is known already. A read may leave out topics, the same ones or more each time: then the floor is that of the others.
 */
export function createFloor(sql: Sql, from = 0): Floor {
	let id = from
	let mark: Mark | undefined
	let lookedAt = performance.now()
	return {
		id: () => id,
		async raise(there) {
			if (mark?.over === true) {
				const { id: marked } = mark
				if (there.some((row) => row.id <= marked)) return
				id = marked
				mark = undefined
			}
			const nothingToAsk = mark === undefined && there.length === 0
			if (nothingToAsk || performance.now() - lookedAt < LOOK_EVERY_MS) return
			lookedAt = performance.now()
			if (mark === undefined) mark = { id: Math.max(...there.map((row) => row.id)), xid: await takeXid(sql), over: false }
			else mark.over = (await readOldestXid(sql)) >= mark.xid
		},
	}
}

/** A number that is higher than all given away before. `pg_snapshot_xmax` is not: it passes over those that are still in use. */
async function takeXid(sql: Sql): Promise<bigint> {
	const [row] = await sql<[{ xid: string }]>`select pg_current_xact_id()::text as xid`
	return BigInt(row.xid)
}

/** The number of the oldest transaction that may still write. */
async function readOldestXid(sql: Sql): Promise<bigint> {
	const [row] = await sql<[{ oldest: string }]>`select pg_snapshot_xmin(pg_current_snapshot())::text as oldest`
	return BigInt(row.oldest)
}
