import { useInfiniteQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useTexts } from '../../../i18n/texts.ts'
import { ProductFilters } from '../../../products/ProductFilters.tsx'
import { type ProductSearch, productsQuery, readProductSearch } from '../../../products/products.ts'
import { ProductTable } from '../../../products/ProductTable.tsx'
import { productTexts } from '../../../products/texts.ts'
import { shellTexts } from '../../../shell/texts.ts'
import { Button } from '../../../ui/Button.tsx'
import { MorePages } from '../../../ui/MorePages.tsx'
import { Card, Page } from '../../../ui/Page.tsx'
import { EmptyState, ErrorState, Loading } from '../../../ui/States.tsx'

export const Route = createFileRoute('/_desk/products/')({ validateSearch: readProductSearch, component: Screen })

function Screen() {
	const t = useTexts(productTexts)
	const shell = useTexts(shellTexts)
	const search = Route.useSearch()
	const navigate = Route.useNavigate()
	const change = (next: ProductSearch) => void navigate({ search: next })
	return (
		<Page title={shell.products} lead={t.lead}>
			<ProductFilters key={search.search ?? ''} search={search} onChange={change} />
			<Found search={search} onReset={() => change({})} />
		</Page>
	)
}

function Found({ search, onReset }: { search: ProductSearch; onReset: () => void }) {
	const list = useInfiniteQuery(productsQuery(search))
	const products = list.data?.pages.flatMap(({ data }) => data) ?? []
	return (
		<Card>
			{list.isPending && <Loading />}
			{list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
			{list.data && products.length === 0 && <None search={search} onReset={onReset} />}
			{products.length > 0 && (
				<>
					<ProductTable products={products} />
					<MorePages {...list} />
				</>
			)}
		</Card>
	)
}

function None({ search, onReset }: { search: ProductSearch; onReset: () => void }) {
	const t = useTexts(productTexts)
	const filtered = search.search !== undefined || search.state !== undefined
	if (!filtered) return <EmptyState title={t.empty}>{t.emptyText}</EmptyState>
	return (
		<EmptyState title={t.none} action={<Button onClick={onReset}>{t.reset}</Button>}>
			{t.noneText}
		</EmptyState>
	)
}
