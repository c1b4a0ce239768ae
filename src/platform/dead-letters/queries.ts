import { sql as expression } from 'kysely'
import { and, given } from '../db/conditions.ts'
import type { Sql } from '../db/database.ts'
import { type DeleteBatch, deleteInBatches } from '../db/delete-in-batches.ts'
import { planAnew } from '../db/statements.ts'
import type { Headers } from '../topics/port.ts'
import { LETTER_STATES, type LetterState } from './decide.ts'

/** A letter as a list shows it. */
export type ListedLetter = {
	readonly id: number
	readonly direction: 'in' | 'out'
	readonly topic: string
	readonly partition: number | null
	readonly offset: number | null
	/** The beginning of it. */
	readonly key: Buffer | null
	readonly bytes: number
	readonly whole: boolean
	readonly reason: string
	readonly message: string
	readonly attempts: number
	readonly replay_of: number | null
	readonly at: Date
	readonly state: LetterState
	readonly decided_at: Date | null
	readonly decided_by: number | null
}

export type LetterFilter = {
	readonly topic?: string | undefined
	readonly reason?: string | undefined
	readonly state?: LetterState | undefined
	/** Only letters before this one. */
	readonly before?: number | undefined
}

const KEY_SHOWN_BYTES = 200

/** The letters that fit, newest first, `rows` at the most: a page of each state, out of an index that has them in order. */
export async function listLetters(
	sql: Sql,
	{ topic, reason, state, before }: LetterFilter,
	rows: number,
): Promise<readonly ListedLetter[]> {
	const pages = (state === undefined ? LETTER_STATES : [state]).map((one) => {
		const conditions = [
			expression`state = ${one}`,
			...given(topic, (value) => expression`topic = ${value}`),
			...given(reason, (value) => expression`reason = ${value}`),
			...given(before, (value) => expression`id < ${value}`),
		]
		return expression`(
			select id, direction, topic, partition, "offset", substring(key for ${KEY_SHOWN_BYTES}) as key, bytes, whole, reason, message,
				attempts, replay_of, at, state, decided_at, decided_by
			from dead_letters where ${and(conditions)} order by id desc limit ${rows}
		)`
	})
	const statement = expression<ListedLetter>`
		select * from (${expression.join(pages, expression` union all `)}) as page order by id desc limit ${rows}`
	return planAnew(sql, statement)
}

/** A letter with what stands in it. */
export type Letter = ListedLetter & {
	readonly headers: Headers | null
	/** Of a letter that is not whole the beginning. */
	readonly value: Buffer | null
	readonly published_at: Date | null
	readonly event_id: string | null
	readonly type: string | null
	/** The letter that its replay has become, where it has come to nothing again. */
	readonly replay: number | null
}

export async function readLetter(sql: Sql, id: number): Promise<Letter | undefined> {
	const [row] = await sql<Letter[]>`
		select id, direction, topic, partition, "offset", key, bytes, whole, reason, message, attempts, replay_of, at, state, decided_at,
			decided_by, headers, value, published_at, event_id, type,
			(select replay.id from dead_letters as replay where replay.replay_of = letter.id order by replay.id limit 1) as replay
		from dead_letters as letter where id = ${id}`
	return row
}

/** Letters of one kind that wait for a decision. */
export type LetterCount = {
	readonly direction: 'in' | 'out'
	readonly topic: string
	readonly reason: string
	/** At most COUNT_MAX. */
	readonly letters: number
	/** There are more than that. */
	readonly more: boolean
	/** When the last one died. */
	readonly newest_at: Date
}

/** So many of a kind are counted: nobody looks at more, and a flood of them costs no more. */
const COUNT_MAX = 1_000
const KINDS_MAX = 100

/**
 * The open letters by topic and reason. From kind to kind by the index, and of each kind so many entries of the index: what it
 * costs does not grow with the letters.
 */
export async function countLetters(sql: Sql): Promise<LetterCount[]> {
	const rows = await sql.begin('read only', async (tx) => {
		// The planner would rather gather all letters of a kind before it counts some, or walk past those of the others.
		await tx`set local enable_bitmapscan = off`
		return tx<(Omit<LetterCount, 'letters' | 'more'> & { counted: number })[]>`
			with recursive kinds as (
				(select topic, reason, 1 as nth from dead_letters where state = 'open' order by topic, reason limit 1)
				union all
				select next.topic, next.reason, kinds.nth + 1 from kinds cross join lateral (
					select topic, reason from dead_letters
					where state = 'open' and (topic, reason) > (kinds.topic, kinds.reason) order by topic, reason limit 1
				) as next where kinds.nth < ${KINDS_MAX}
			)
			select newest.direction, topic, reason, some_of.letters as counted, newest.at as newest_at
			from kinds
			cross join lateral (
				select count(*) as letters from (
					select from dead_letters where state = 'open' and topic = kinds.topic and reason = kinds.reason limit ${COUNT_MAX + 1}
				) as entries
			) as some_of
			cross join lateral (
				select direction, at from dead_letters where state = 'open' and topic = kinds.topic and reason = kinds.reason
				order by id desc limit 1
			) as newest
			order by topic, reason`
	})
	return rows.map(({ counted, ...row }) => ({ ...row, letters: Math.min(counted, COUNT_MAX), more: counted > COUNT_MAX }))
}

/** As long as the topics of dead letters keep them. */
const KEEP_DAYS = 30

const deleteOldMessages: DeleteBatch = async (sql, limit) => {
	const { count } = await sql`
		delete from dead_letters where id in (
			select id from dead_letters where direction = 'in' and at < now() - make_interval(days => ${KEEP_DAYS})
			order by at limit ${limit} for update skip locked)`
	return count
}

/** An event of ours has no other copy: it stays until somebody has decided. */
const deleteOldEvents: DeleteBatch = async (sql, limit) => {
	const { count } = await sql`
		delete from dead_letters where id in (
			select id from dead_letters
			where direction = 'out' and state <> 'open' and decided_at < now() - make_interval(days => ${KEEP_DAYS})
			order by decided_at limit ${limit} for update skip locked)`
	return count
}

/** Forgets old letters. For the worker, once in a while; several at once do no harm. Returns how many rows went. */
export const deleteOldLetters = (sql: Sql): Promise<number> => deleteInBatches(sql, [deleteOldMessages, deleteOldEvents])
