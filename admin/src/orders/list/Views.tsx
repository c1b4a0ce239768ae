import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/Button.tsx'
import type { ColumnId } from './column-ids.ts'
import type { OrderFilters } from './search.ts'
import { listTexts } from './texts.ts'
import styles from './Views.module.css'
import { type SavedView, searchOf, viewsQuery } from './views.ts'

const SaveView = lazy(async () => ({ default: (await import('./SaveView.tsx')).SaveView }))
const EditViews = lazy(async () => ({ default: (await import('./EditViews.tsx')).EditViews }))
const NONE: readonly SavedView[] = []
/** A view is the current one when the address asks for just what it asks. */
const EXACTLY = { exact: true, includeSearch: true } as const

/** The person's views, each a link to what it asks, and how to keep what is shown as one. */
export function Views({ filters, columns }: { filters: OrderFilters; columns: readonly ColumnId[] }) {
	const t = useTexts(listTexts)
	const { data: views = NONE } = useQuery(viewsQuery)
	const [open, setOpen] = useState<'save' | 'edit'>()
	const close = () => setOpen(undefined)
	return (
		<nav className={styles['views']} aria-label={t.views}>
			<ul className={styles['list']}>
				<li>
					<Link to="/orders" search={{}} activeOptions={EXACTLY} className={styles['view']}>
						{t.all}
					</Link>
				</li>
				{views.map((view) => (
					<li key={view.id}>
						<Link to="/orders" search={searchOf(view)} activeOptions={EXACTLY} className={styles['view']}>
							{view.name}
						</Link>
					</li>
				))}
			</ul>
			<Button kind="quiet" size="small" onClick={() => setOpen('save')}>
				{t.saveView}
			</Button>
			{views.length > 0 && (
				<Button kind="quiet" size="small" onClick={() => setOpen('edit')}>
					{t.editViews}
				</Button>
			)}
			<Suspense>
				{open === 'save' && <SaveView views={views} filters={filters} columns={columns} onClose={close} />}
				{open === 'edit' && <EditViews views={views} onClose={close} />}
			</Suspense>
		</nav>
	)
}
