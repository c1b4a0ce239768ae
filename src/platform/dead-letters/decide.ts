import type { Tx } from '../db/database.ts'
import { oneOf } from '../db/one-of.ts'
import { REPLAY_HEADER } from './names.ts'

export const LETTER_STATES = ['open', 'replayed', 'dropped'] as const
export type LetterState = (typeof LETTER_STATES)[number]
/** What becomes of a letter: it is sent again, or nothing is done with it any more. */
export type Decision = Exclude<LetterState, 'open'>

/** A letter that somebody decides about. */
export type LockedLetter = {
	readonly id: number
	readonly topic: string
	readonly reason: string
	readonly state: LetterState
	readonly whole: boolean
}

/** Locks letters until the transaction ends, in the order of their ids, and returns them as they are now. */
export async function lockLetters(tx: Tx, ids: readonly number[]): Promise<Map<number, LockedLetter>> {
	const rows = await tx<LockedLetter[]>`
		select id, topic, reason, state, whole from dead_letters
		where id = ${oneOf(tx, ids, 'bigint')}
		order by id for update`
	return new Map(rows.map((row) => [row.id, row]))
}

/** Notes who has decided what. The caller holds the locks of the letters, and has seen that they are open. */
export async function markLetters(
	tx: Tx,
	ids: readonly number[],
	{ by, decision }: { by: number; decision: Decision },
): Promise<void> {
	await tx`
		update dead_letters set state = ${decision}, decided_at = now(), decided_by = ${by}
		where id = ${oneOf(tx, ids, 'bigint')}`
}

/**
 * Sends letters again by the outbox, in the order in which they died: messages of others to the topic on which they stood, with
 * their bytes, key and headers, and a header that names the letter; events of ours as they were, with the same `ce_id`. The bytes
 * do not leave the database. The caller announces `outbox` after the commit.
 */
export async function sendAgain(tx: Tx, ids: readonly number[]): Promise<void> {
	// The headers are an object as JSON.stringify writes it, and are not taken apart: they may hold text that no column takes.
	await tx`
		insert into outbox (event_id, topic, key, type, headers, value, created_at)
		select coalesce(event_id, uuidv7()), topic, key, type,
			case when direction = 'out' then headers else (
				'{' || to_json(${REPLAY_HEADER}::text) || ':"' || id || '"'
				|| case when headers::text = '{}' then '}' else ',' || substr(headers::text, 2) end
			)::json end,
			value, coalesce(created_at, now())
		from dead_letters
		where id = ${oneOf(tx, ids, 'bigint')}
		order by id`
}
