import { infiniteQueryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../api/client.ts'
import type { paths } from '../api/schema.gen.ts'

type Get = paths['/v1/admin/audit']['get']
export type AuditLine = Get['responses'][200]['content']['application/json']['data'][number]
type Query = NonNullable<Get['parameters']['query']>
export type AuditAction = NonNullable<Query['action']>

/** What is looked at, as it stands in the address. Days are those of the reader, both included. */
export type AuditSearch = {
	/** 0: the command line. */
	readonly staff_id?: number
	readonly action?: string
	readonly subject_type?: string
	readonly subject_id?: string
	readonly from?: string
	readonly to?: string
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const isDay = (value: unknown): value is string =>
	typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(`${value}T00:00`))
const isWord = (value: unknown): value is string => typeof value === 'string' && /^[a-z_]{1,60}$/.test(value)

/** Takes from an address what it understands. */
export function readAuditSearch(given: Record<string, unknown>): AuditSearch {
	const { staff_id, action, subject_type: type, from, to } = given
	// Addresses are read as JSON: a number that is an id of something may have become one.
	const subject = typeof given['subject_id'] === 'number' ? String(given['subject_id']) : given['subject_id']
	return {
		...(typeof staff_id === 'number' && Number.isSafeInteger(staff_id) && staff_id >= 0 && { staff_id }),
		...(isWord(action) && { action }),
		...(isWord(type) && typeof subject === 'string' && subject !== '' && { subject_type: type, subject_id: subject }),
		...(isDay(from) && { from }),
		...(isDay(to) && { to }),
	}
}

const PAGE = 50

/** The moment at which a day of the reader begins, or the one after it. */
function startOf(day: string, daysLater = 0): string {
	const date = new Date(`${day}T00:00`)
	date.setDate(date.getDate() + daysLater)
	return date.toISOString()
}

export const auditQuery = (search: AuditSearch) =>
	infiniteQueryOptions({
		queryKey: ['audit', search],
		queryFn: ({ pageParam }) => {
			const { from, to, ...rest } = search
			const query = {
				limit: PAGE,
				...rest,
				...(from !== undefined && { from: startOf(from) }),
				...(to !== undefined && { to: startOf(to, 1) }),
				...(pageParam !== null && { cursor: pageParam }),
			}
			// The words come from an address: the service says which it knows.
			// oxlint-disable-next-line typescript/no-unsafe-type-assertion
			return answerOf(api.GET('/v1/admin/audit', { params: { query: query as Query } }))
		},
		initialPageParam: null as string | null,
		getNextPageParam: ({ next_cursor }) => next_cursor,
	})
