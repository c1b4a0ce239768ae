import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { answerOf, api } from '../api/client.ts'
import { useTexts } from '../i18n/texts.ts'
import { mayAs, type Role } from './roles.ts'
import { sessionTexts } from './texts.ts'

/** Who is signed in. A role that is changed ends the session, so what it says holds as long as there is one. */
export const meQuery = queryOptions({
	queryKey: ['me'],
	queryFn: () => answerOf(api.GET('/v1/admin/me')),
	staleTime: Number.POSITIVE_INFINITY,
})

export const useMe = () => useSuspenseQuery(meQuery).data

/** Why the person may not do what needs a role; undefined where they may. For `disabledReason`. */
export function useRoleReason(): (needed: Role) => string | undefined {
	const { role } = useMe()
	const t = useTexts(sessionTexts)
	return (needed) => (mayAs(role, needed) ? undefined : t.needsRole(t[needed]))
}
