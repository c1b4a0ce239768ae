/** The roles of staff, each of which may do what the ones before it may (contracts.md). */
export const ROLES = ['viewer', 'operator', 'manager', 'owner'] as const
export type Role = (typeof ROLES)[number]

export const mayAs = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed)
