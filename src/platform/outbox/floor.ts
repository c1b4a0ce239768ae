import type { Sql } from '../db/database.ts'

type Row = { readonly id: number }

/** An id, and the first transaction number that was not given away when an event with this id had been seen. */
type Mark = { readonly id: number; readonly firstXid: bigint; over: boolean }

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
 * before (`number_transaction`), so a number below those that are not given away yet. When all of those have ended, what
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
			const { oldestXid, firstXid } = await readSnapshot(sql)
			if (mark === undefined) mark = { id: Math.max(...there.map((row) => row.id)), firstXid, over: false }
			else mark.over = oldestXid >= mark.firstXid
		},
	}
}

/** The number of the oldest transaction that may still write, and the first that was not given away yet. */
async function readSnapshot(sql: Sql): Promise<{ oldestXid: bigint; firstXid: bigint }> {
	const [row] = await sql<[{ oldest: string; first: string }]>`
		select pg_snapshot_xmin(snapshot)::text as oldest, pg_snapshot_xmax(snapshot)::text as first
		from pg_current_snapshot() as snapshot`
	return { oldestXid: BigInt(row.oldest), firstXid: BigInt(row.first) }
}
