import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../api/client.ts'
import type { paths } from '../api/schema.gen.ts'

type Keys = paths['/v1/admin/keys']
export type Key = Keys['get']['responses'][200]['content']['application/json']['data'][number]
export type NewKey = NonNullable<Keys['post']['requestBody']>['content']['application/json']
export type Scope = NewKey['scopes'][number]

export const SCOPES = ['reports', 'orders:status'] as const satisfies readonly Scope[]
/** The terms to choose from, in days. */
export const TERMS = ['30', '90', '365'] as const
const PAGE = 50

export const keysQuery = infiniteQueryOptions({
	queryKey: ['keys'],
	queryFn: ({ pageParam }) =>
		answerOf(api.GET('/v1/admin/keys', { params: { query: { limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) } } })),
	initialPageParam: null as string | null,
	getNextPageParam: ({ next_cursor }) => next_cursor,
})

function useReread() {
	const queryClient = useQueryClient()
	return () => void queryClient.invalidateQueries({ queryKey: keysQuery.queryKey })
}

export function useCreate() {
	const onSettled = useReread()
	return useMutation({ mutationFn: (body: NewKey) => answerOf(api.POST('/v1/admin/keys', { body })), onSettled })
}

export function useRevoke(id: number) {
	const onSettled = useReread()
	return useMutation({
		mutationFn: () => answerOf(api.DELETE('/v1/admin/keys/{id}', { params: { path: { id } } })),
		onSettled,
	})
}
