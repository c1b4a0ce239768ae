import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../api/client.ts'
import type { paths } from '../api/schema.gen.ts'

type List = paths['/v1/admin/products']['get']
export type Product = List['responses'][200]['content']['application/json']['data'][number]
type Query = NonNullable<List['parameters']['query']>

const STATES = ['all', 'on_sale', 'withdrawn'] as const
const SORTS = ['newest', 'name', '-name', 'price', '-price'] as const
type State = (typeof STATES)[number]
type Sort = (typeof SORTS)[number]

/** What the address says of the list; what is as usual is left out. */
export type ProductSearch = { readonly search?: string; readonly state?: State; readonly sort?: Sort }

const SEARCH_MAX = 200
const PAGE = 50

/** Takes from an address what it understands. A search for a number reads as one there. */
export function readProductSearch({ search, state, sort }: Readonly<Record<string, unknown>>): ProductSearch {
	const text = typeof search === 'string' || typeof search === 'number' ? String(search).trim().slice(0, SEARCH_MAX) : ''
	const knownState = STATES.find((one) => one === state)
	const knownSort = SORTS.find((one) => one === sort)
	return {
		...(text !== '' && { search: text }),
		...(knownState && knownState !== 'all' && { state: knownState }),
		...(knownSort && knownSort !== 'newest' && { sort: knownSort }),
	}
}

export const productsQuery = (search: ProductSearch) =>
	infiniteQueryOptions({
		queryKey: ['products', 'list', search],
		queryFn: ({ pageParam }) => {
			const query: Query = {
				limit: PAGE,
				state: 'all',
				sort: 'newest',
				...search,
				...(pageParam !== null && { cursor: pageParam }),
			}
			return answerOf(api.GET('/v1/admin/products', { params: { query } }))
		},
		initialPageParam: null as string | null,
		getNextPageParam: ({ next_cursor }) => next_cursor,
	})

export const productQuery = (id: number) =>
	queryOptions({
		queryKey: ['products', 'one', id],
		queryFn: () => answerOf(api.GET('/v1/admin/products/{id}', { params: { path: { id } } })),
	})
