import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { answerOf, api } from '../../api/client.ts'
import { type LiveEvent, useLive } from '../../api/live.ts'
import type { paths } from '../../api/schema.gen.ts'
import { type Locale, useLocale } from '../../i18n/locale.ts'

export type StaffOrder = paths['/v1/admin/orders/{id}']['get']['responses']['200']['content']['application/json']
export type OrderStatus = StaffOrder['status']
export type HistoryLine = StaffOrder['history'][number]
export type Note = StaffOrder['notes'][number]

/** One order. The labels of its statuses come in the language that is shown. */
export const orderQuery = (id: string, locale: Locale) =>
	queryOptions({
		queryKey: ['orders', 'one', id, locale],
		queryFn: () => answerOf(api.GET('/v1/admin/orders/{id}', { params: { path: { id } } })),
	})

/** What staff want of an order, from the version that they have seen. */
export type Wish = { readonly status: OrderStatus; readonly reason: string; readonly version: number }

export function useChangeStatus(id: string) {
	const queryClient = useQueryClient()
	const locale = useLocale()
	return useMutation({
		mutationFn: ({ status, reason, version }: Wish) =>
			answerOf(
				api.PATCH('/v1/admin/orders/{id}/status', {
					params: { path: { id }, header: { 'if-match': `"${version}"` } },
					body: { status, reason: reason.trim() === '' ? null : reason.trim() },
				}),
			),
		onSuccess: (order) => queryClient.setQueryData(orderQuery(id, locale).queryKey, order),
	})
}

/** Changes the notes that are shown, without reading all of the order again. */
function useShownNotes(id: string) {
	const queryClient = useQueryClient()
	const { queryKey } = orderQuery(id, useLocale())
	return (change: (notes: Note[]) => Note[]) =>
		queryClient.setQueryData(queryKey, (order) => order && { ...order, notes: change(order.notes) })
}

export function useAddNote(id: string) {
	const show = useShownNotes(id)
	return useMutation({
		mutationFn: (text: string) =>
			answerOf(api.POST('/v1/admin/orders/{id}/notes', { params: { path: { id } }, body: { text: text.trim() } })),
		onSuccess: (note) => show((notes) => [...notes.filter((one) => one.id !== note.id), note]),
	})
}

export function useRemoveNote(id: string) {
	const show = useShownNotes(id)
	return useMutation({
		mutationFn: (noteId: number) =>
			answerOf(api.DELETE('/v1/admin/orders/{id}/notes/{note_id}', { params: { path: { id, note_id: noteId } } })),
		onSuccess: (_, noteId) => show((notes) => notes.filter((note) => note.id !== noteId)),
	})
}

const concerns = (event: LiveEvent, id: string): boolean =>
	event.name === 'orders_changed' ||
	((event.name === 'order_changed' || event.name === 'order_notes_changed') && event.data.order_id === id)

/** Reads the order anew when the service tells that it has changed, and whenever the stream was away. */
export function useLiveOrder(id: string): void {
	const queryClient = useQueryClient()
	const readAnew = useCallback(() => void queryClient.invalidateQueries({ queryKey: ['orders', 'one', id] }), [queryClient, id])
	const onEvent = useCallback((event: LiveEvent) => concerns(event, id) && readAnew(), [id, readAnew])
	useLive(onEvent, readAnew)
}

/** The status in the service's words: `ready` has its own for each delivery method. */
export const labelOf = ({ can }: StaffOrder, status: OrderStatus): string =>
	can.statuses.find((step) => step.status === status)?.label ?? status

/** The order that a refusal brings along: how it is by now. */
export const isOrder = (value: unknown): value is StaffOrder =>
	typeof value === 'object' && value !== null && 'version' in value && 'history' in value && 'can' in value
