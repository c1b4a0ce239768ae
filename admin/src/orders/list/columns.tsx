import { type Formats, useFormats } from '../../i18n/formats.ts'
import { useTexts } from '../../i18n/texts.ts'
import { useMemo, type ReactNode } from 'react'
import type { ColumnId } from './column-ids.ts'
import { StatusBadge } from '../one/StatusBadge.tsx'
import type { ListedOrder } from './orders.ts'
import type { Sort } from './search.ts'
import { listTexts } from './texts.ts'

export type OrderColumn = {
	readonly id: ColumnId
	readonly head: string
	/** Its least width in rem: where all together have no room, rows become cards. */
	readonly least: number
	/** Which part of the width it takes where there is room. */
	readonly share: number
	readonly numeric?: boolean
	/** What a press on its head sorts by: first, and when it is sorted by that already. */
	readonly sorts?: readonly [Sort, Sort]
	readonly cell: (order: ListedOrder) => ReactNode
	/** The same as text, where it may be too long for its column. */
	readonly title?: (order: ListedOrder) => string
}

const dayAndTime = (f: Formats, iso: string): ReactNode => (
	<time dateTime={iso} title={f.moment(iso)}>
		{f.shortMoment(iso)}
	</time>
)

/** All columns, in their order. The number's cell is the row's link, which the table draws. */
export function useOrderColumns(): readonly OrderColumn[] {
	const t = useTexts(listTexts)
	const f = useFormats()
	return useMemo(
		(): readonly OrderColumn[] => [
			{ id: 'number', head: t.number, least: 6.75, share: 6.75, sorts: ['newest', 'oldest'], cell: ({ number }) => number },
			{
				id: 'status',
				head: t.status,
				least: 9,
				share: 14.25,
				cell: ({ status, status_label }) => <StatusBadge status={status}>{status_label}</StatusBadge>,
			},
			{
				id: 'customer',
				head: t.customer,
				least: 6,
				share: 12.25,
				cell: ({ user_name }) => user_name,
				title: ({ user_name }) => user_name,
			},
			{ id: 'phone', head: t.phone, least: 8.25, share: 8.5, cell: ({ phone }) => phone },
			{
				id: 'total',
				head: t.sum,
				least: 6,
				share: 6.5,
				numeric: true,
				sorts: ['-total', 'total'],
				cell: ({ total, currency }) => f.money(total, currency),
			},
			{ id: 'positions', head: t.positions, least: 5, share: 5.5, numeric: true, cell: ({ items }) => f.number(items.length) },
			{ id: 'method', head: t.method, least: 7, share: 8.5, cell: ({ delivery }) => t[delivery.method] },
			{
				id: 'tracking',
				head: t.tracking,
				least: 5,
				share: 10,
				cell: ({ delivery }) => trackingOf(delivery),
				title: ({ delivery }) => trackingOf(delivery),
			},
			{ id: 'created_at', head: t.created_at, least: 8, share: 9, cell: ({ created_at }) => dayAndTime(f, created_at) },
			{ id: 'updated_at', head: t.updated_at, least: 8, share: 9, cell: ({ updated_at }) => dayAndTime(f, updated_at) },
		],
		[t, f],
	)
}

const trackingOf = ({ carrier, tracking_number }: ListedOrder['delivery']): string =>
	[carrier, tracking_number].filter((part) => part !== null).join(' ')
