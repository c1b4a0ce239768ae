/** Everything the staff do that leaves a line: the one list that the API, its document and the panel's texts are made of. */
export const AUDIT_ACTIONS = [
	'staff_invited',
	'staff_joined',
	'staff_signed_in',
	'staff_signed_out',
	'staff_invitation_withdrawn',
	'staff_role_changed',
	'staff_deactivated',
	'staff_reactivated',
	/** A link was made by which somebody chooses new credentials. */
	'staff_reset',
	/** Somebody has chosen new credentials by such a link. */
	'staff_credentials_renewed',
	'staff_password_changed',
	'staff_session_ended',
	'key_created',
	'key_revoked',
	'report_requested',
	'report_cancelled',
	'report_downloaded',
	'order_status_changed',
	'order_note_added',
	'order_note_deleted',
	/** An order was looked at, with its phone, name and address. */
	'order_viewed',
	/** A page of the list: what was asked for, but nobody’s phone and name. */
	'orders_listed',
	'orders_exported',
	'orders_export_ended',
	'user_blocked',
	'user_unblocked',
	'user_signed_out',
	'user_session_ended',
	'user_edited',
	'user_erased',
	/** Somebody's data were looked at: `part` says which. */
	'user_viewed',
	'user_exported',
	/** A page of the list: `search` says what was searched for, not the text. */
	'users_listed',
	/** A letter was looked at: whatever stands in the message, which may be an order with its phone and address. */
	'dead_letter_viewed',
	'dead_letter_replayed',
	'dead_letter_dropped',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** What an action is done to, with what its id is. */
export const AUDIT_SUBJECTS = [
	/** The order's id; `*` of a list. */
	'order',
	/** The user's id; `*` of a list. */
	'user',
	/** The id of the member of the staff. */
	'staff',
	/** The email that was invited. */
	'invitation',
	/** The id of the API key. */
	'key',
	/** The report's id. */
	'report',
	/** The letter's id. */
	'dead_letter',
	/** An id of its own, the same at its beginning and its end. */
	'export',
] as const
export type AuditSubjectType = (typeof AUDIT_SUBJECTS)[number]

/** That somebody did something. */
export type AuditEntry = {
	/** Null: the command line. */
	readonly staffId: number | null
	readonly action: AuditAction
	readonly subject: { readonly type: AuditSubjectType; readonly id: string | number }
	/** What changed, as JSON: no secrets, and of personal data only which of it (`{"fields": ["email"]}`). */
	readonly details: Readonly<Record<string, unknown>>
}
