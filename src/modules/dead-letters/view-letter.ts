import type { Letter, ListedLetter } from '../../platform/dead-letters/queries.ts'
import type { DeadLetter, ListedDeadLetter } from './schemas.ts'

const moment = (at: Date | null): string | null => at?.toISOString() ?? null

/** A letter as a list shows it; `emails`: of the staff, by id. */
export function viewListed(letter: ListedLetter, emails: ReadonlyMap<number, string>): ListedDeadLetter {
	const { decided_by: by } = letter
	return {
		id: letter.id,
		direction: letter.direction,
		topic: letter.topic,
		partition: letter.partition,
		offset: letter.offset,
		// The last character may be cut in half.
		key: letter.key?.toString().replace(/\ufffd$/, '') ?? null,
		bytes: letter.bytes,
		whole: letter.whole,
		reason: letter.reason,
		message: letter.message,
		attempts: letter.attempts,
		replay_of: letter.replay_of,
		at: letter.at.toISOString(),
		state: letter.state,
		decided_at: moment(letter.decided_at),
		decided_by: by === null ? null : { id: by, email: emails.get(by) ?? null },
	}
}

/** A letter with what stands in it. */
export const viewLetter = (letter: Letter, emails: ReadonlyMap<number, string>): DeadLetter => ({
	...viewListed(letter, emails),
	key_base64: letter.key?.toString('base64') ?? null,
	value_base64: letter.value?.toString('base64') ?? null,
	value_text: textOf(letter.value, letter.whole),
	headers: { ...letter.headers },
	published_at: moment(letter.published_at),
	event_id: letter.event_id,
	type: letter.type,
	replay: letter.replay,
})

/** A beginning may end in the middle of a character: it is left out, as a stream that goes on would do. */
function textOf(bytes: Buffer | null, whole: boolean): string | null {
	if (bytes === null) return null
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: !whole })
	} catch (error) {
		if (error instanceof TypeError) return null
		throw error
	}
}
