import type { Tx } from '../../platform/db/database.ts'

/** Everything the staff do that leaves a line: the one list that the API, its document and the panel's texts are made of. */
const AUDIT_ACTIONS = [
	'staff_invited',
	'staff_joined',
	'staff_signed_in',
	'staff_signed_out',
	'key_created',
	'key_revoked',
	'order_status_changed',
	'order_note_added',
	'order_note_deleted',
	'orders_exported',
	'orders_export_ended',
	'user_blocked',
	'user_unblocked',
	'user_signed_out',
] as const
type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** What an action is done to, with what its id is. */
const AUDIT_SUBJECTS = [
	/** The order's id. */
	'order',
	/** The user's id. */
	'user',
	/** The id of the member of the staff. */
	'staff',
	/** The email that was invited. */
	'invitation',
	/** The id of the API key. */
	'key',
	/** An id of its own, the same at its beginning and its end. */
	'export',
] as const
type AuditSubjectType = (typeof AUDIT_SUBJECTS)[number]

/** That somebody did something. */
export type AuditEntry = {
	/** Null: the command line. */
	readonly staffId: number | null
	readonly action: AuditAction
	readonly subject: { readonly type: AuditSubjectType; readonly id: string | number }
	/** What changed, as JSON: no secrets, and of personal data only which of it (`{"fields": ["email"]}`). */
	readonly details: Readonly<Record<string, unknown>>
}

/**
 * Writes down what was done, as a part of the transaction that does it: there is no change without its line, and no line
 * without its change.
 */
export async function appendAudit(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
	if (entries.length === 0) return
	const rows = entries.map(({ staffId, action, subject, details }) => ({
		staff_id: staffId,
		action,
		subject_type: subject.type,
		subject_id: String(subject.id),
		details,
	}))
	await tx`
		insert into audit_log (staff_id, action, subject_type, subject_id, details)
		select staff_id, action, subject_type, subject_id, details from json_to_recordset(${tx.typed.json(rows)})
			as entry (staff_id bigint, action text, subject_type text, subject_id text, details jsonb)`
}
