import type { StaffRole } from '../../platform/http/policy.ts'

/** The roles of the staff, lowest first: each may do what the ones before it may. */
export const STAFF_ROLES = ['viewer', 'operator', 'manager', 'owner'] as const satisfies readonly StaffRole[]

export const isStaffRole = (text: string): text is StaffRole => STAFF_ROLES.some((role) => role === text)

/** Whether somebody with `role` may do what asks for `needed`. */
export const isAtLeast = (role: StaffRole, needed: StaffRole): boolean => STAFF_ROLES.indexOf(role) >= STAFF_ROLES.indexOf(needed)
