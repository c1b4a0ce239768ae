import type { Tx } from '../db/database.ts'
import { noteChange } from '../live/feed-queries.ts'
import type { Headers, IncomingMessage } from '../topics/port.ts'
import { REPLAY_HEADER } from './names.ts'

/** Why a message can never be applied. */
export type DeathReason = {
	/** A word for programs. */
	readonly code: string
	/** A sentence; it may quote the message. */
	readonly message: string
}

export type NewLetter = { readonly message: IncomingMessage; readonly reason: DeathReason }

/** What became of a letter when it was put aside. */
export type KeptLetter = { readonly id: number; readonly attempts: number; readonly at: Date }

/** What is kept whole, key, value and headers together: all that could ever be applied (1 MB), and room for the rest. */
const WHOLE_MAX_BYTES = 1024 * 1024 + 64 * 1024
/** Of what is larger, for people to see what it was; all of it stands on the topic of dead letters. */
const BEGINNING_BYTES = 64 * 1024
const KEY_BEGINNING_BYTES = 1024

/**
 * Puts messages aside as a part of the transaction, for somebody to decide what becomes of them. Returns for each, in the order
 * given, what it is now, or undefined where it was put aside before. Messages, because one is as large as it wants to be, go one
 * by one, and all at once.
 */
export async function putLettersAside(tx: Tx, letters: readonly NewLetter[]): Promise<(KeptLetter | undefined)[]> {
	const kept = await Promise.all(letters.map((letter) => insertLetter(tx, letter)))
	const data = letters.flatMap(({ message, reason }, index) => {
		const id = kept[index]?.id
		return id === undefined ? [] : [{ id, topic: message.topic, reason: `${reason.code}: ${reason.message}` }]
	})
	// For those who watch: in words, not the message, which may hold personal data.
	if (data.length > 0) await noteChange(tx, { kind: 'dead_letters', data })
	return kept
}

async function insertLetter(tx: Tx, { message, reason }: NewLetter): Promise<KeptLetter | undefined> {
	const { topic, partition, offset, publishedAt } = message
	const { key, value, headers, whole } = keptOf(message)
	const [row] = await tx<KeptLetter[]>`
		insert into dead_letters (direction, topic, partition, "offset", published_at, key, headers, value, bytes, whole, reason,
			message, attempts, replay_of)
		select 'in', ${topic}, ${partition}, ${Number(offset)}, ${publishedAt}, ${key}, ${tx.typed.json(headers)}, ${value},
			${message.value?.length ?? 0}, ${whole}, ${reason.code}, ${reason.message.replaceAll('\0', '')},
			coalesce(before.attempts, 0) + 1, before.id
		from (values (${replayOf(message.headers)}::bigint)) as replay (id)
		left join dead_letters as before on before.id = replay.id and before.topic = ${topic} and before.state = 'replayed'
		on conflict do nothing
		returning id, attempts, at`
	return row
}

/** Any sender may write any header: only a number may be one of ours. */
function replayOf(headers: Headers): number | null {
	const text = headers[REPLAY_HEADER] ?? ''
	return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
}

type Kept = Pick<IncomingMessage, 'key' | 'value' | 'headers'> & { readonly whole: boolean }

function keptOf({ key, value, headers: all }: IncomingMessage): Kept {
	const headers = Object.fromEntries(Object.entries(all).filter(([name]) => name !== REPLAY_HEADER))
	const size = (key?.length ?? 0) + (value?.length ?? 0) + Buffer.byteLength(JSON.stringify(headers))
	if (size <= WHOLE_MAX_BYTES) return { key, value, headers, whole: true }
	const cut = (bytes: Buffer | null, length: number) => bytes?.subarray(0, length) ?? null
	return { key: cut(key, KEY_BEGINNING_BYTES), value: cut(value, BEGINNING_BYTES), headers: {}, whole: false }
}

/** An event that the topics refuse for good, by its row in the outbox. */
export type RefusedEvent = { readonly id: number; readonly message: string }

/**
 * Puts events aside as a part of the transaction that takes them out of the outbox. What goes to one of the secret topics is void
 * before anybody could send it again, and nobody's to read: only that it was refused is kept.
 */
export async function putEventsAside(tx: Tx, refused: readonly RefusedEvent[], secretTopics: ReadonlySet<string>): Promise<void> {
	const secret = tx`event.topic = any(array(select json_array_elements_text(${tx.typed.json([...secretTopics])})))`
	const rows = await tx<{ id: number; topic: string; message: string }[]>`
		insert into dead_letters (direction, topic, event_id, type, created_at, key, headers, value, bytes, whole, reason, message, attempts)
		select 'out', topic, event_id, type, created_at, key, headers, case when ${secret} then null else value end,
			coalesce(length(value), 0), not ${secret}, 'refused', message, 1
		from outbox as event join json_to_recordset(${tx.typed.json(refused)}) as refused (id bigint, message text) on refused.id = event.id
		order by event.id
		returning id, topic, message`
	await noteChange(tx, {
		kind: 'dead_letters',
		data: rows.map(({ message, ...row }) => ({ ...row, reason: `refused: ${message}` })),
	})
}
