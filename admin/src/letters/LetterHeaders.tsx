import { useTexts } from '../i18n/texts.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Card } from '../ui/Page.tsx'
import styles from './letters.module.css'
import { type LetterWords, letterTexts } from './texts.ts'

const columnsOf = (t: LetterWords): readonly Column<readonly [name: string, value: string]>[] => [
	{ id: 'name', head: t.header, rowHead: true, cell: ([name]) => <code className={styles['headerName']}>{name}</code> },
	{ id: 'value', head: t.value, cell: ([, value]) => <code className={styles['key']}>{value}</code> },
]

/** The headers that a letter came with. */
export function LetterHeaders({ headers }: { headers: Readonly<Record<string, string>> }) {
	const t = useTexts(letterTexts)
	const rows = Object.entries(headers)
	return (
		<Card title={t.headers}>
			{rows.length === 0 ? (
				<p className={styles['quiet']}>{t.noHeaders}</p>
			) : (
				<DataTable caption={t.headers} rows={rows} rowKey={([name]) => name} columns={columnsOf(t)} />
			)}
		</Card>
	)
}
