import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Formats, useFormats } from '../i18n/formats.ts'
import { useLocale } from '../i18n/locale.ts'
import { useTexts } from '../i18n/texts.ts'
import { StatusBadge } from '../orders/one/StatusBadge.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Card } from '../ui/Page.tsx'
import { ErrorState, Loading } from '../ui/States.tsx'
import { userTexts, type UserWords } from './texts.ts'
import { type UserOrder, userOrdersQuery } from './users.ts'
import styles from './users.module.css'

/** The newest orders of a user, also of one who was erased. */
export function UserOrders({ id }: { id: number }) {
	const t = useTexts(userTexts)
	const { data, error, refetch, isPending } = useQuery(userOrdersQuery(id, useLocale()))
	const orders = data?.data ?? []
	const all = data?.next_cursor != null && (
		<LinkButton to="/orders" search={{ user_id: id }}>
			{t.allOrders}
		</LinkButton>
	)
	return (
		<Card title={t.orders} actions={all}>
			{isPending && <Loading lines={3} />}
			{error && <ErrorState error={error} onRetry={() => void refetch()} />}
			{data && orders.length === 0 && <p className={styles['quiet']}>{t.noOrders}</p>}
			{orders.length > 0 && <Table orders={orders} />}
		</Card>
	)
}

const columnsOf = (t: UserWords, { moment, money }: Formats): readonly Column<UserOrder>[] => [
	{
		id: 'number',
		head: t.order,
		rowHead: true,
		cell: (order) => (
			<Link to="/orders/$id" params={{ id: order.id }}>
				№ {order.number}
			</Link>
		),
	},
	{
		id: 'status',
		head: t.status,
		cell: ({ status, status_label }) => <StatusBadge status={status}>{status_label}</StatusBadge>,
	},
	{ id: 'total', head: t.total, numeric: true, cell: ({ total, currency }) => money(total, currency) },
	{ id: 'placed', head: t.placed, cell: ({ created_at }) => moment(created_at) },
]

function Table({ orders }: { orders: readonly UserOrder[] }) {
	const t = useTexts(userTexts)
	return <DataTable caption={t.orders} rows={orders} rowKey={(order) => order.id} columns={columnsOf(t, useFormats())} />
}
