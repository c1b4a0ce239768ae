import { Link } from '@tanstack/react-router'
import { type Formats, useFormats } from '../i18n/formats.ts'
import { useTexts, type WordsOf } from '../i18n/texts.ts'
import { Badge } from '../ui/Badge.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import type { Product } from './products.ts'
import styles from './products.module.css'
import { productTexts } from './texts.ts'

export function ProductTable({ products }: { products: readonly Product[] }) {
	const t = useTexts(productTexts)
	const { moment, number } = useFormats()
	return <DataTable caption={t.list} rows={products} rowKey={({ id }) => id} columns={columnsOf(t, { moment, number })} />
}

type Words = WordsOf<typeof productTexts>

const columnsOf = (t: Words, { moment, number }: Pick<Formats, 'moment' | 'number'>): readonly Column<Product>[] => [
	{
		id: 'name',
		head: t.name,
		rowHead: true,
		cell: ({ id, name, withdrawn_at: withdrawn }) => (
			<span className={styles['name']}>
				<Link to="/products/$id" params={{ id: String(id) }}>
					{name}
				</Link>
				{withdrawn && <Badge tone="warning">{t.withdrawn}</Badge>}
			</span>
		),
	},
	{ id: 'id', head: t.id, numeric: true, cell: ({ id }) => id },
	{ id: 'price', head: t.price, numeric: true, cell: ({ price }) => number(price) },
	{
		id: 'available',
		head: t.available,
		numeric: true,
		cell: ({ available }) => (available === null ? <span className={styles['quiet']}>{t.notTracked}</span> : number(available)),
	},
	{ id: 'version', head: t.version, numeric: true, cell: ({ version }) => version },
	{ id: 'changed', head: t.changed, cell: ({ changed_at: changed }) => moment(changed) },
]
