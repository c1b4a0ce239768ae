import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../api/client.ts'
import type { paths } from '../api/schema.gen.ts'
import type { UserSearch } from './search.ts'

type AnswerOf<Path extends '/v1/admin/users' | '/v1/admin/users/{id}' | '/v1/admin/users/{id}/sessions' | '/v1/admin/orders'> =
	paths[Path]['get']['responses'][200]['content']['application/json']
export type ListedUser = AnswerOf<'/v1/admin/users'>['data'][number]
export type User = AnswerOf<'/v1/admin/users/{id}'>
export type Session = AnswerOf<'/v1/admin/users/{id}/sessions'>['data'][number]
export type UserOrder = AnswerOf<'/v1/admin/orders'>['data'][number]

const PAGE = 50

/** Each look at personal data leaves a line in the audit log, so nothing is read again only because a window was looked at. */
const QUIET = { refetchOnWindowFocus: false, refetchOnReconnect: false } as const

export const usersQuery = ({ search, blocked }: UserSearch) =>
	infiniteQueryOptions({
		queryKey: ['users', 'list', { search, blocked }],
		queryFn: ({ pageParam }) =>
			answerOf(
				api.GET('/v1/admin/users', {
					params: {
						query: {
							limit: PAGE,
							...(search !== undefined && { search }),
							...(blocked !== undefined && { blocked }),
							...(pageParam !== null && { cursor: pageParam }),
						},
					},
				}),
			),
		initialPageParam: null as string | null,
		getNextPageParam: ({ next_cursor }) => next_cursor,
		...QUIET,
	})

export const userQuery = (id: number) =>
	queryOptions({
		queryKey: ['users', 'one', id],
		queryFn: () => answerOf(api.GET('/v1/admin/users/{id}', { params: { path: { id } } })),
		...QUIET,
	})

export const sessionsQuery = (id: number) =>
	queryOptions({
		queryKey: ['users', 'sessions', id],
		queryFn: () => answerOf(api.GET('/v1/admin/users/{id}/sessions', { params: { path: { id } } })),
		...QUIET,
	})

/** Of the user's orders the newest are shown; all of them are in the list of orders. */
const ORDERS_SHOWN = 10

export const userOrdersQuery = (id: number, locale: string) =>
	queryOptions({
		queryKey: ['orders', 'of-user', id, locale],
		queryFn: () =>
			answerOf(api.GET('/v1/admin/orders', { params: { query: { user_id: id, limit: ORDERS_SHOWN, sort: 'newest' } } })),
		...QUIET,
	})

/** What may be edited, as it is typed. */
export type Fields = Pick<User, 'name' | 'phone' | 'email' | 'locale'>
export const FIELDS = ['name', 'phone', 'email', 'locale'] as const satisfies readonly (keyof Fields)[]

/** Shows the user as an action has left them, and reads anew what hangs on it. */
function useShow(id: number) {
	const queryClient = useQueryClient()
	return (user: User) => {
		queryClient.setQueryData(userQuery(id).queryKey, user)
		void queryClient.invalidateQueries({ queryKey: ['users', 'list'] })
		void queryClient.invalidateQueries({ queryKey: sessionsQuery(id).queryKey })
	}
}

export function useEdit(id: number) {
	const show = useShow(id)
	return useMutation({
		mutationFn: ({ version, change }: { version: number; change: Partial<Fields> }) =>
			answerOf(
				api.PATCH('/v1/admin/users/{id}', { params: { path: { id }, header: { 'if-match': `"${version}"` } }, body: change }),
			),
		onSuccess: show,
	})
}

export function useBlock(id: number) {
	const show = useShow(id)
	return useMutation({
		mutationFn: (reason: string) =>
			answerOf(api.POST('/v1/admin/users/{id}/block', { params: { path: { id } }, body: { reason: reason.trim() } })),
		onSuccess: show,
	})
}

export function useUnblock(id: number) {
	const show = useShow(id)
	return useMutation({
		mutationFn: () => answerOf(api.POST('/v1/admin/users/{id}/unblock', { params: { path: { id } } })),
		onSuccess: show,
	})
}

export function useSignOut(id: number) {
	const show = useShow(id)
	return useMutation({
		mutationFn: () => answerOf(api.POST('/v1/admin/users/{id}/sign-out', { params: { path: { id } } })),
		onSuccess: show,
	})
}

export function useEndSession(id: number) {
	const queryClient = useQueryClient()
	return useMutation({
		mutationFn: (sessionId: string) =>
			answerOf(api.DELETE('/v1/admin/users/{id}/sessions/{session_id}', { params: { path: { id, session_id: sessionId } } })),
		// One that has ended before is no longer shown either.
		onSettled: () => queryClient.invalidateQueries({ queryKey: ['users'] }),
	})
}

export function useErase(id: number) {
	const queryClient = useQueryClient()
	return useMutation({
		mutationFn: (body: { confirm: string; reason: string }) =>
			answerOf(api.POST('/v1/admin/users/{id}/erase', { params: { path: { id } }, body })),
		onSuccess: () => {
			queryClient.removeQueries({ queryKey: ['users', 'sessions', id] })
			void queryClient.invalidateQueries({ queryKey: ['users'] })
			void queryClient.invalidateQueries({ queryKey: ['orders'] })
		},
	})
}

/** Everything about a user, as the file that it is. */
export async function downloadExport(id: number): Promise<void> {
	const file = await answerOf(api.GET('/v1/admin/users/{id}/export', { params: { path: { id } }, parseAs: 'blob' }))
	const url = URL.createObjectURL(file)
	const link = document.createElement('a')
	link.href = url
	link.download = `user-${id}.json`
	link.click()
	URL.revokeObjectURL(url)
}

/** The user that a refusal brings along: as they are by now. */
export const isUser = (value: unknown): value is User =>
	typeof value === 'object' && value !== null && 'version' in value && 'phone' in value && 'sessions' in value
