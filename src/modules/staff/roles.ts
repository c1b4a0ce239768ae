import { STAFF_ROLES, type StaffRole } from '../../platform/http/policy.ts'

export const isStaffRole = (text: string): text is StaffRole => STAFF_ROLES.some((role) => role === text)

/** Whether somebody with `role` may do what asks for `needed`. */
export const isAtLeast = (role: StaffRole, needed: StaffRole): boolean => STAFF_ROLES.indexOf(role) >= STAFF_ROLES.indexOf(needed)
