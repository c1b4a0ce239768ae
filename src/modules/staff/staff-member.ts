import type { Session } from '../../platform/http/credentials.ts'
import type { StaffRole } from '../../platform/http/policy.ts'

/** A person who works in the shop. The email is the name to sign in with, in lower case. */
export type StaffMember = { readonly id: number; readonly email: string; readonly role: StaffRole }

/** The member of the staff whose session a request carries. */
export type SignedInStaff = StaffMember & Session
