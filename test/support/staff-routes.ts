import type { StaffRole } from '../../src/platform/http/policy.ts'

/** From the one that may least to the one that may most. */
export const ROLES = ['viewer', 'operator', 'manager', 'owner'] as const satisfies readonly StaffRole[]

/**
 * Each route for the staff with the lowest role that may call it, written down anew from the contract: viewers read, operators change
 * orders, managers also users and reports, owners staff and keys.
 */
export const STAFF_ROUTES: Readonly<Record<string, StaffRole>> = {
	'GET /admin/me': 'viewer',
	'GET /admin/events': 'viewer',
	'GET /admin/stats': 'viewer',
	'GET /admin/orders': 'viewer',
	'GET /admin/orders/export': 'viewer',
	'GET /admin/orders/views': 'viewer',
	'POST /admin/orders/views': 'viewer',
	'PUT /admin/orders/views/{id}': 'viewer',
	'DELETE /admin/orders/views/{id}': 'viewer',
	'GET /admin/orders/{id}': 'viewer',
	'PATCH /admin/orders/{id}/status': 'operator',
	'GET /admin/audit': 'manager',
	'GET /admin/dead-letters': 'operator',
	'GET /admin/dead-letters/counts': 'operator',
	'GET /admin/dead-letters/{id}': 'operator',
	'POST /admin/dead-letters/replay': 'operator',
	'POST /admin/dead-letters/drop': 'operator',
	'POST /admin/orders/bulk-status': 'operator',
	'POST /admin/orders/{id}/notes': 'operator',
	'DELETE /admin/orders/{id}/notes/{note_id}': 'operator',
	'GET /admin/users': 'viewer',
	'GET /admin/users/{id}': 'viewer',
	'PATCH /admin/users/{id}': 'manager',
	'GET /admin/users/{id}/sessions': 'viewer',
	'DELETE /admin/users/{id}/sessions/{session_id}': 'manager',
	'GET /admin/users/{id}/export': 'manager',
	'POST /admin/users/{id}/erase': 'manager',
	'POST /admin/users/{id}/block': 'manager',
	'POST /admin/users/{id}/unblock': 'manager',
	'POST /admin/users/{id}/sign-out': 'manager',
	'GET /admin/sessions': 'viewer',
	'DELETE /admin/sessions/{id}': 'viewer',
	'PUT /admin/me/password': 'viewer',
	'GET /admin/products': 'viewer',
	'GET /admin/products/{id}': 'viewer',
	'GET /admin/reports': 'manager',
	'POST /admin/reports': 'manager',
	'GET /admin/reports/{id}': 'manager',
	'DELETE /admin/reports/{id}': 'manager',
	'GET /admin/reports/{id}/file': 'manager',
	'GET /admin/staff': 'owner',
	'PATCH /admin/staff/{id}': 'owner',
	'POST /admin/staff/{id}/reset': 'owner',
	'GET /admin/staff/invitations': 'owner',
	'POST /admin/staff/invitations': 'owner',
	'DELETE /admin/staff/invitations/{id}': 'owner',
	'GET /admin/keys': 'owner',
	'POST /admin/keys': 'owner',
	'DELETE /admin/keys/{id}': 'owner',
	// Last, for whoever calls them one after the other: it ends the session.
	'DELETE /admin/sessions/current': 'viewer',
}
