import { useTexts } from '../i18n/texts.ts'
import { classes } from '../ui/classes.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { userTexts, type UserWords } from './texts.ts'
import { FIELDS, type Fields } from './users.ts'
import styles from './users.module.css'

type Versions = { seen: Fields; current: Fields; typed: Fields }

const textOf = (fields: Fields, field: keyof Fields, t: UserWords): string =>
	field === 'locale' ? t[fields.locale] : fields[field]

function columnsOf(t: UserWords, versions: Versions): readonly Column<keyof Fields>[] {
	const names = { name: t.name, phone: t.phone, email: t.email, locale: t.language }
	const cell = (version: keyof Versions) => (field: keyof Fields) => {
		const value = textOf(versions[version], field, t)
		const differs = value !== textOf(versions.seen, field, t)
		return <span className={classes(styles['long'], differs && styles['changed'])}>{value}</span>
	}
	return [
		{ id: 'field', head: t.field, rowHead: true, cell: (field) => names[field] },
		{ id: 'seen', head: t.youSaw, cell: cell('seen') },
		{ id: 'current', head: t.now, cell: cell('current') },
		{ id: 'typed', head: t.yours, cell: cell('typed') },
	]
}

/** Each field as it was seen, as it is by now, and as it is typed: those that differ. */
export function EditConflict({ versions }: { versions: Versions }) {
	const t = useTexts(userTexts)
	const { seen, current, typed } = versions
	const differing = FIELDS.filter((field) => seen[field] !== current[field] || typed[field] !== current[field])
	return <DataTable caption={t.conflict} rows={differing} rowKey={(field) => field} columns={columnsOf(t, versions)} />
}
