import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../api/client.ts'
import type { paths } from '../api/schema.gen.ts'

type AnswerOf<Path extends '/v1/admin/dead-letters' | '/v1/admin/dead-letters/counts' | '/v1/admin/dead-letters/{id}'> =
	paths[Path]['get']['responses'][200]['content']['application/json']
export type ListedLetter = AnswerOf<'/v1/admin/dead-letters'>['data'][number]
export type Letter = AnswerOf<'/v1/admin/dead-letters/{id}'>
export type DecisionResult =
	paths['/v1/admin/dead-letters/replay']['post']['responses'][200]['content']['application/json']['data'][number]

export const LETTER_STATES = ['open', 'replayed', 'dropped', 'any'] as const
export type LetterState = (typeof LETTER_STATES)[number]

/** What is looked at, as it stands in the address; without a state: what waits for a decision. */
export type LetterSearch = { readonly topic?: string; readonly reason?: string; readonly state?: Exclude<LetterState, 'open'> }

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** Takes from an address what it understands. */
export function readLetterSearch({ topic, reason, state }: Record<string, unknown>): LetterSearch {
	return {
		...(isText(topic) && { topic }),
		...(isText(reason) && /^[a-z_]{1,40}$/.test(reason) && { reason }),
		...((state === 'replayed' || state === 'dropped' || state === 'any') && { state }),
	}
}

/** As many as may be decided about at once. */
export const PAGE = 100

export function lettersQuery({ topic, reason, ...search }: LetterSearch) {
	const state: LetterState = search.state ?? 'open'
	return infiniteQueryOptions({
		queryKey: ['dead-letters', 'list', { topic, reason, state }],
		queryFn: ({ pageParam }) =>
			answerOf(
				api.GET('/v1/admin/dead-letters', {
					params: {
						query: {
							limit: PAGE,
							...(topic !== undefined && { topic }),
							...(reason !== undefined && { reason }),
							...(state !== 'any' && { state }),
							...(pageParam !== null && { cursor: pageParam }),
						},
					},
				}),
			),
		initialPageParam: null as string | null,
		getNextPageParam: ({ next_cursor }) => next_cursor,
	})
}

export const countsQuery = queryOptions({
	queryKey: ['dead-letters', 'counts'],
	queryFn: () => answerOf(api.GET('/v1/admin/dead-letters/counts')),
})

export const letterQuery = (id: number) =>
	queryOptions({
		queryKey: ['dead-letters', 'one', id],
		queryFn: () => answerOf(api.GET('/v1/admin/dead-letters/{id}', { params: { path: { id } } })),
	})
