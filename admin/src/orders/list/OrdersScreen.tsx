import { useInfiniteQuery } from '@tanstack/react-query'
import type { RowSelectionState } from '@tanstack/react-table'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/States.tsx'
import { rememberList } from '../last-list.ts'
import { useChosenColumns } from './chosen-columns.ts'
import { readColumns } from './column-ids.ts'
import { useOrderColumns } from './columns.tsx'
import { ColumnsChoice } from './ColumnsChoice.tsx'
import { ExportLink } from './ExportLink.tsx'
import { Filters, type FiltersProps } from './Filters.tsx'
import { News } from './News.tsx'
import { OrderTable } from './OrderTable.tsx'
import styles from './OrdersScreen.module.css'
import { type ListedOrder, ordersQuery, useLoadedOrders } from './orders.ts'
import { SelectionBar } from './SelectionBar.tsx'
import { compact, countFilters, filtersOf, type OrderFilters, type OrderSearch } from './search.ts'
import { listTexts } from './texts.ts'
import { useLiveOrders } from './use-live-orders.ts'
import { Views } from './Views.tsx'

const NO_ORDERS: readonly ListedOrder[] = []

/** The list of orders: found, followed, selected and changed. What it is asked for stands in the address. */
export function OrdersScreen({ search }: { search: OrderSearch }) {
	const t = useTexts(listTexts)
	const navigate = useNavigate()
	const columns = useOrderColumns()
	const [own, setOwn] = useChosenColumns()
	const shown = readColumns(search.columns) ?? own
	const names = shown.join()
	const shownColumns = useMemo(() => columns.filter(({ id }) => names.split(',').includes(id)), [columns, names])
	// The same as long as the same is asked.
	const key = JSON.stringify(filtersOf(search))
	const filters = useMemo((): OrderFilters => JSON.parse(key), [key])
	useEffect(() => rememberList(search), [search])
	const go = (next: OrderSearch) => void navigate({ to: '/orders', search: next, replace: true, resetScroll: false })
	const onChange: FiltersProps['onChange'] = (changed) => go(compact({ ...search, ...changed }))
	return (
		<Page title={t.title} actions={<ExportLink filters={filters} />}>
			<Views filters={filters} columns={shown} />
			<Filters
				filters={filters}
				onChange={onChange}
				onReset={() => go(compact({ sort: search.sort, columns: search.columns }))}
				tools={
					<ColumnsChoice
						columns={columns}
						chosen={shown}
						onChoose={(ids) => {
							setOwn(ids)
							if (search.columns !== undefined) go(compact({ ...search, columns: undefined }))
						}}
					/>
				}
			/>
			<List key={key} filters={filters} columns={shownColumns} onChange={onChange} onReset={() => go({})} />
		</Page>
	)
}

type ListProps = Pick<FiltersProps, 'filters' | 'onChange' | 'onReset'> & { readonly columns: ReturnType<typeof useOrderColumns> }

/** The orders for one set of filters. */
function List({ filters, columns, onChange, onReset }: ListProps) {
	const t = useTexts(listTexts)
	const list = useInfiniteQuery(ordersQuery(filters))
	const loaded = useLoadedOrders(filters)
	const live = useLiveOrders(filters, loaded)
	const [selected, setSelected] = useState<RowSelectionState>({})
	const orders = useMemo(() => list.data?.pages.flatMap(({ data }) => data) ?? NO_ORDERS, [list.data])
	const chosen = useMemo(() => orders.filter(({ id }) => selected[id]), [orders, selected])
	const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list
	const onEnd = useCallback(() => {
		if (!isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
	}, [isFetchingNextPage, isFetchNextPageError, fetchNextPage])
	const showNew = async () => {
		await loaded.readAnew()
		live.shown()
		window.scrollTo({ top: 0 })
	}
	if (list.isPending) return <Loading lines={12} />
	if (list.isLoadingError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
	return (
		<div className={styles['list']}>
			<News came={live.came.size} many={live.many} onShow={showNew} />
			{list.data.pages[0]?.name_too_common && (
				<p className={styles['note']} role="status">
					{t.nameTooCommon}
				</p>
			)}
			{orders.length === 0 ? (
				<Nothing narrowed={countFilters(filters) > 0} onReset={onReset} />
			) : (
				<OrderTable
					orders={orders}
					columns={columns}
					sort={filters.sort ?? 'newest'}
					onSort={(sort) => onChange({ sort: sort === 'newest' ? undefined : sort })}
					selected={selected}
					onSelect={setSelected}
					markOf={({ id }) => (live.changed.has(id) ? 'isChanged' : live.fresh.has(id) ? 'isNew' : undefined)}
					hasMore={hasNextPage}
					onEnd={onEnd}
				/>
			)}
			{isFetchNextPageError && <ErrorState error={list.error} onRetry={() => void fetchNextPage()} />}
			{orders.length > 0 && !isFetchNextPageError && (
				<p className={styles['count']} role="status">
					{hasNextPage ? t.shown(orders.length) : t.shownAll(orders.length)}
				</p>
			)}
			<SelectionBar
				orders={chosen}
				onChanged={loaded.patch}
				onKeepOnly={(ids) => setSelected(Object.fromEntries(ids.map((id) => [id, true])))}
			/>
		</div>
	)
}

function Nothing({ narrowed, onReset }: { narrowed: boolean; onReset: () => void }) {
	const t = useTexts(listTexts)
	if (!narrowed) return <EmptyState title={t.none}>{t.noneText}</EmptyState>
	return (
		<EmptyState title={t.noneFit} action={<Button onClick={onReset}>{t.reset}</Button>}>
			{t.noneFitText}
		</EmptyState>
	)
}
