import { type InfiniteData, infiniteQueryOptions, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { answerOf, api } from '../../api/client.ts'
import type { paths } from '../../api/schema.gen.ts'
import { currentLocale } from '../../i18n/locale.ts'
import type { OrderFilters } from './search.ts'

export type OrdersPage = paths['/v1/admin/orders']['get']['responses']['200']['content']['application/json']
/** An order of the list. */
export type ListedOrder = OrdersPage['data'][number]

/** As many as the API gives at once. */
const PAGE = 100

const readPage = (filters: OrderFilters, more: { cursor?: string; ids?: string; limit?: number }): Promise<OrdersPage> =>
	answerOf(api.GET('/v1/admin/orders', { params: { query: { sort: 'newest', limit: PAGE, ...filters, ...more } } }))

/**
 * The orders that fit, page by page. What has been loaded stays as it is until the person asks for it anew: rows must not move under the
 * pointer. `useLiveOrders` keeps the rows themselves up to date.
 */
export const ordersQuery = (filters: OrderFilters) =>
	infiniteQueryOptions({
		// The labels of the statuses come in the language that is shown.
		queryKey: ['orders', 'list', currentLocale(), filters],
		queryFn: ({ pageParam }) => readPage(filters, pageParam === undefined ? {} : { cursor: pageParam }),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
		staleTime: Number.POSITIVE_INFINITY,
		refetchOnWindowFocus: false,
		refetchOnReconnect: false,
	})

/** These orders as they are now, of those that fit the filters. */
export async function readOrders(ids: readonly string[], filters: OrderFilters = {}): Promise<ListedOrder[]> {
	const parts = Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, part) => ids.slice(part * PAGE, (part + 1) * PAGE))
	const pages = await Promise.all(parts.map((part) => readPage(filters, { ids: part.join(',') })))
	return pages.flatMap(({ data }) => data)
}

/** The first orders that fit, as they are now. */
export const readFirst = async (filters: OrderFilters): Promise<ListedOrder[]> => (await readPage(filters, {})).data

export type LoadedOrders = {
	/** What is loaded, as it is at this moment. */
	all(): readonly ListedOrder[]
	/** Puts newer ones in the place of those that are loaded, without moving any; returns the ids of those that differ. */
	patch(newer: readonly ListedOrder[]): string[]
	/** Reads the list from its beginning, a page of it. */
	readAnew(): Promise<unknown>
}

/** The orders that are loaded for these filters. */
export function useLoadedOrders(filters: OrderFilters): LoadedOrders {
	const queryClient = useQueryClient()
	const { queryKey } = ordersQuery(filters)
	const key = JSON.stringify(queryKey)
	return useMemo(() => {
		const read = () => queryClient.getQueryData<InfiniteData<OrdersPage, string | undefined>>(queryKey)
		return {
			all: () => read()?.pages.flatMap(({ data }) => data) ?? [],
			patch(newer) {
				const byId = new Map(newer.map((order) => [order.id, order]))
				const changed: string[] = []
				const patched = (order: ListedOrder): ListedOrder => {
					const now = byId.get(order.id)
					if (now === undefined || JSON.stringify(now) === JSON.stringify(order)) return order
					changed.push(order.id)
					return now
				}
				const data = read()
				const next = data && { ...data, pages: data.pages.map((page) => ({ ...page, data: page.data.map(patched) })) }
				if (changed.length > 0) queryClient.setQueryData(queryKey, next)
				return changed
			},
			async readAnew() {
				const first = await readPage(filters, {})
				queryClient.setQueryData(queryKey, { pages: [first], pageParams: [undefined] })
			},
		}
		// By its text: the key is another object each time.
		// oxlint-disable-next-line react/exhaustive-deps
	}, [queryClient, key, filters])
}
