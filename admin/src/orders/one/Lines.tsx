import { Link } from '@tanstack/react-router'
import { type Formats, useFormats } from '../../i18n/formats.ts'
import { useTexts } from '../../i18n/texts.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Card } from '../../ui/Page.tsx'
import styles from './Lines.module.css'
import type { StaffOrder } from './order.ts'
import { orderTexts } from './texts.ts'

type Item = StaffOrder['items'][number]

const columnsOf = (
	t: Record<'product' | 'price' | 'quantity' | 'sum', string>,
	{ money, number }: Formats,
	currency: string,
): Column<Item>[] => [
	{
		id: 'name',
		head: t.product,
		rowHead: true,
		cell: ({ product_id, name }) => (
			<Link to="/products/$id" params={{ id: String(product_id) }}>
				{name}
			</Link>
		),
	},
	{ id: 'price', head: t.price, numeric: true, cell: ({ price }) => money(price, currency) },
	{ id: 'quantity', head: t.quantity, numeric: true, cell: ({ quantity }) => number(quantity) },
	{ id: 'sum', head: t.sum, numeric: true, cell: ({ sum }) => money(sum, currency) },
]

/** What was ordered, at the prices of that time. */
export function Lines({ order: { items, total, currency } }: { order: StaffOrder }) {
	const t = useTexts(orderTexts)
	const formats = useFormats()
	return (
		<Card title={t.lines}>
			<DataTable caption={t.lines} rows={items} rowKey={(item) => item.product_id} columns={columnsOf(t, formats, currency)} />
			<p className={styles['total']}>
				<span>{t.positions(items.length)}</span>
				<strong>
					{t.total}: {formats.money(total, currency)}
				</strong>
			</p>
		</Card>
	)
}
