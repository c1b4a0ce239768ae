import { type Decision, type LockedLetter, lockLetters, markLetters, sendAgain } from '../../platform/dead-letters/decide.ts'
import type { Service } from '../service.ts'
import { appendAudit } from '../staff/index.ts'
import type { DecisionResult } from './schemas.ts'

type Deciding = {
	/** The member of the staff. */
	readonly by: number
	readonly decision: Decision
}

const ACTIONS = { replayed: 'dead_letter_replayed', dropped: 'dead_letter_dropped' } as const

/**
 * Sends dead letters again or drops them, all in one transaction with the lines of the audit log, and returns an outcome for each,
 * in the order given. Each is decided once: of several who decide at the same moment one does it.
 */
export async function decideLetters(
	{ sql, signals }: Service,
	ids: readonly number[],
	{ by, decision }: Deciding,
): Promise<DecisionResult[]> {
	const results = await sql.begin(async (tx) => {
		const letters = await lockLetters(tx, ids)
		const outcomes = ids.map((id) => ({ id, ...outcomeOf(letters.get(id), decision) }))
		const done = outcomes.filter(({ outcome }) => outcome === decision).map(({ id }) => id)
		if (done.length === 0) return outcomes
		if (decision === 'replayed') await sendAgain(tx, done)
		const lines = done.flatMap((id) => {
			const letter = letters.get(id)
			if (letter === undefined) return []
			const details = { topic: letter.topic, reason: letter.reason }
			return [{ staffId: by, action: ACTIONS[decision], subject: { type: 'dead_letter', id }, details } as const]
		})
		await Promise.all([markLetters(tx, done, { by, decision }), appendAudit(tx, lines)])
		return outcomes
	})
	if (decision === 'replayed') signals.announce('outbox')
	return results
}

function outcomeOf(letter: LockedLetter | undefined, decision: Decision): Omit<DecisionResult, 'id'> {
	if (letter === undefined) return { outcome: 'not_found', state: null }
	const { state, whole } = letter
	if (state !== 'open') return { outcome: 'decided_before', state }
	if (decision === 'replayed' && !whole) return { outcome: 'not_whole', state }
	return { outcome: decision, state: decision }
}
