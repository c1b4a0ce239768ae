import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { paths } from '../../api/schema.gen.ts'
import { type OrderSearch, readSearch } from './search.ts'

export type SavedView = paths['/v1/admin/orders/views']['get']['responses']['200']['content']['application/json']['data'][number]
export type ViewBody = paths['/v1/admin/orders/views']['post']['requestBody']['content']['application/json']

export const viewsQuery = queryOptions({
	queryKey: ['orders', 'views'],
	queryFn: async () => (await answerOf(api.GET('/v1/admin/orders/views'))).data,
})

/** What the address of a view asks. */
export const searchOf = ({ query, columns }: SavedView): OrderSearch => ({ ...readSearch(query), columns: columns.join(',') })

const sameName = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase()
export const findByName = (views: readonly SavedView[], name: string): SavedView | undefined =>
	views.find((view) => sameName(view.name, name))

/** Keeps, changes and deletes views; the list of them is read anew after each. */
export function useViewChanges() {
	const queryClient = useQueryClient()
	const onSettled = () => queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey })
	return {
		save: useMutation({ mutationFn: (body: ViewBody) => answerOf(api.POST('/v1/admin/orders/views', { body })), onSettled }),
		change: useMutation({
			mutationFn: ({ id, ...body }: ViewBody & { id: number }) =>
				answerOf(api.PUT('/v1/admin/orders/views/{id}', { params: { path: { id } }, body })),
			onSettled,
		}),
		remove: useMutation({
			mutationFn: (id: number) => answerOf(api.DELETE('/v1/admin/orders/views/{id}', { params: { path: { id } } })),
			onSettled,
		}),
	}
}
