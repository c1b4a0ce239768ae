import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../api/client.ts'
import type { paths } from '../api/schema.gen.ts'
import type { Role } from '../session/roles.ts'

type AnswerOf<Path extends '/v1/admin/staff' | '/v1/admin/staff/invitations'> =
	paths[Path]['get']['responses'][200]['content']['application/json']
export type Member = AnswerOf<'/v1/admin/staff'>['data'][number]
export type Invitation = AnswerOf<'/v1/admin/staff/invitations'>['data'][number]

const PAGE = 100

export const staffQuery = infiniteQueryOptions({
	queryKey: ['staff', 'list'],
	queryFn: ({ pageParam }) =>
		answerOf(
			api.GET('/v1/admin/staff', { params: { query: { limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) } } }),
		),
	initialPageParam: null as string | null,
	getNextPageParam: ({ next_cursor }) => next_cursor,
})

export const invitationsQuery = infiniteQueryOptions({
	queryKey: ['staff', 'invitations'],
	queryFn: ({ pageParam }) =>
		answerOf(
			api.GET('/v1/admin/staff/invitations', {
				params: { query: { limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) } },
			}),
		),
	initialPageParam: null as string | null,
	getNextPageParam: ({ next_cursor }) => next_cursor,
})

/** Reads both lists anew, whatever became of what was tried. */
function useReread() {
	const queryClient = useQueryClient()
	return () => void queryClient.invalidateQueries({ queryKey: ['staff'] })
}

export function useChange(id: number) {
	const onSettled = useReread()
	return useMutation({
		mutationFn: (body: { role?: Role; active?: boolean }) =>
			answerOf(api.PATCH('/v1/admin/staff/{id}', { params: { path: { id } }, body })),
		onSettled,
	})
}

export function useReset(id: number) {
	const onSettled = useReread()
	return useMutation({
		mutationFn: () => answerOf(api.POST('/v1/admin/staff/{id}/reset', { params: { path: { id } } })),
		onSettled,
	})
}

export function useInvite() {
	const onSettled = useReread()
	return useMutation({
		mutationFn: (body: { email: string; role: Role }) => answerOf(api.POST('/v1/admin/staff/invitations', { body })),
		onSettled,
	})
}

export function useWithdraw() {
	const onSettled = useReread()
	return useMutation({
		mutationFn: (id: number) => answerOf(api.DELETE('/v1/admin/staff/invitations/{id}', { params: { path: { id } } })),
		onSettled,
	})
}
