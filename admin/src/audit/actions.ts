import type { AuditAction } from './audit.ts'

/** What can be done, in the order in which it is offered; one that is missing here does not compile. */
const EACH: Readonly<Record<AuditAction, true>> = {
	order_status_changed: true,
	order_note_added: true,
	order_note_deleted: true,
	orders_exported: true,
	orders_export_ended: true,
	user_blocked: true,
	user_unblocked: true,
	user_signed_out: true,
	dead_letter_replayed: true,
	dead_letter_dropped: true,
	staff_invited: true,
	staff_joined: true,
	staff_signed_in: true,
	staff_signed_out: true,
	key_created: true,
	key_revoked: true,
}

export const ACTIONS: readonly string[] = Object.keys(EACH)
