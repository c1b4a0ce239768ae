import { useTexts } from '../../i18n/texts.ts'
import { classes } from '../../ui/classes.ts'
import { ChevronIcon } from '../../ui/icons.tsx'
import type { OrderColumn } from './columns.tsx'
import styles from './OrderTable.module.css'
import type { Sort } from './search.ts'
import { listTexts } from './texts.ts'

const ARIA: Readonly<Record<Sort, 'ascending' | 'descending'>> = {
	newest: 'descending',
	oldest: 'ascending',
	'-total': 'descending',
	total: 'ascending',
}

/** The head of a column; where it can be sorted by, a button that does. */
export function SortHead({
	column: { head, numeric, sorts },
	sort,
	onSort,
}: {
	column: OrderColumn
	sort: Sort
	onSort: (sort: Sort) => void
}) {
	const t = useTexts(listTexts)
	const className = classes(styles['cell'], numeric && styles['numeric'])
	if (sorts === undefined) {
		return (
			<div role="columnheader" className={className}>
				{head}
			</div>
		)
	}
	const [first, second] = sorts
	const sorted = sorts.includes(sort)
	return (
		<div role="columnheader" className={className} aria-sort={sorted ? ARIA[sort] : 'none'}>
			<button
				type="button"
				className={styles['sort']}
				title={t.sortBy(head)}
				onClick={() => onSort(sort === first ? second : first)}
			>
				{head}
				<span className={classes(styles['arrow'], sorted && styles['sorted'], ARIA[sort] === 'ascending' && styles['up'])}>
					<ChevronIcon />
				</span>
			</button>
		</div>
	)
}
