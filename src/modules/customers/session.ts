import type { Session } from './queries.ts'

/** A session as whoever may know of it sees it. */
export const viewSession = ({ created_at, expires_at, ...session }: Session) => ({
	...session,
	created_at: created_at.toISOString(),
	expires_at: expires_at.toISOString(),
})
