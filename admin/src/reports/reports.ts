import { infiniteQueryOptions, useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { useCallback } from 'react'
import { answerOf, api } from '../api/client.ts'
import { type LiveEvent, useLive } from '../api/live.ts'
import type { paths } from '../api/schema.gen.ts'

type ReportPage = paths['/v1/admin/reports']['get']['responses'][200]['content']['application/json']
export type Report = ReportPage['data'][number]

const PAGE = 30

export const reportsQuery = infiniteQueryOptions({
	queryKey: ['reports', 'list'],
	queryFn: ({ pageParam }) =>
		answerOf(
			api.GET('/v1/admin/reports', { params: { query: { limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) } } }),
		),
	initialPageParam: null as string | null,
	getNextPageParam: ({ next_cursor }) => next_cursor,
})

type Pages = InfiniteData<ReportPage>

const holds = (pages: Pages | undefined, id: string): boolean =>
	pages?.pages.some(({ data }) => data.some(({ report_id }) => report_id === id)) ?? false

const withReport = ({ pages, pageParams }: Pages, report: Report): Pages => ({
	pageParams,
	pages: pages.map((page) => ({
		...page,
		data: page.data.map((other) => (other.report_id === report.report_id ? report : other)),
	})),
})

/** Shows a report as it is now, in its place in the list; reads the list anew where it is not there. */
function useShow() {
	const queryClient = useQueryClient()
	return useCallback(
		(report: Report) => {
			const known = queryClient.getQueryData(reportsQuery.queryKey)
			if (!holds(known, report.report_id)) return void queryClient.invalidateQueries({ queryKey: reportsQuery.queryKey })
			queryClient.setQueryData(reportsQuery.queryKey, (pages) => pages && withReport(pages, report))
		},
		[queryClient],
	)
}

/** Keeps the list as it is in the service: a report that changes is read alone, not the whole list. */
export function useLiveReports(): void {
	const queryClient = useQueryClient()
	const show = useShow()
	const onEvent = useCallback(
		({ name, data }: LiveEvent) => {
			const id = name === 'report_changed' && 'report_id' in data ? data['report_id'] : undefined
			if (typeof id !== 'string') return
			answerOf(api.GET('/v1/admin/reports/{id}', { params: { path: { id } } })).then(show, () =>
				queryClient.invalidateQueries({ queryKey: reportsQuery.queryKey }),
			)
		},
		[queryClient, show],
	)
	const onOpen = useCallback(() => void queryClient.invalidateQueries({ queryKey: reportsQuery.queryKey }), [queryClient])
	useLive(onEvent, onOpen)
}

/** Days as the browser's own field tells them (`2026-11-25`); empty for none. */
export type Period = { readonly from: string; readonly to: string }

/** Days are the reader's own, and the last one belongs to the period. */
function momentsOf({ from, to }: Period) {
	const end = to === '' ? undefined : new Date(`${to}T00:00`)
	end?.setDate(end.getDate() + 1)
	return {
		...(from !== '' && { from: new Date(`${from}T00:00`).toISOString() }),
		...(end && { to: end.toISOString() }),
	}
}

/** `key` is one for each wish, so that pressing twice asks for one report. */
export function useRequest(key: string) {
	const show = useShow()
	return useMutation({
		mutationFn: (period: Period) =>
			answerOf(api.POST('/v1/admin/reports', { params: { header: { 'idempotency-key': key } }, body: momentsOf(period) })),
		onSuccess: show,
	})
}

export function useCancel() {
	const show = useShow()
	return useMutation({
		mutationFn: (id: string) => answerOf(api.DELETE('/v1/admin/reports/{id}', { params: { path: { id } } })),
		onSuccess: show,
	})
}

export const fileOf = ({ report_id: id }: Report): string => `/v1/admin/reports/${id}/file`
