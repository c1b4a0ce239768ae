import { Link } from '@tanstack/react-router'
import { type Formats, useFormats } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import { Badge } from '../ui/Badge.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { userTexts, type UserWords } from './texts.ts'
import type { ListedUser } from './users.ts'
import styles from './users.module.css'

const columnsOf = (t: UserWords, { day, number }: Formats): readonly Column<ListedUser>[] => [
	{
		id: 'name',
		head: t.name,
		rowHead: true,
		cell: ({ id, name, blocked }) => (
			<span className={styles['name']}>
				<Link to="/users/$id" params={{ id: String(id) }}>
					{name}
				</Link>
				{blocked && <Badge tone="danger">{t.blocked}</Badge>}
			</span>
		),
	},
	{ id: 'phone', head: t.phone, cell: ({ phone }) => <span className={styles['phone']}>{phone}</span> },
	{ id: 'email', head: t.email, cell: ({ email }) => <span className={styles['email']}>{email}</span> },
	{ id: 'orders', head: t.orders, numeric: true, cell: ({ orders }) => number(orders) },
	{
		id: 'created',
		head: t.registered,
		cell: ({ created_at }) => <span className={styles['day']}>{day(created_at)}</span>,
	},
]

export function UserTable({ users }: { users: readonly ListedUser[] }) {
	const t = useTexts(userTexts)
	return <DataTable caption={t.list} rows={users} rowKey={({ id }) => id} columns={columnsOf(t, useFormats())} />
}
