import { useTexts } from '../i18n/texts.ts'
import { Select } from '../ui/Field.tsx'
import { SearchForm } from '../ui/SearchForm.tsx'
import { type ProductSearch, readProductSearch } from './products.ts'
import { productTexts } from './texts.ts'

export function ProductFilters({ search, onChange }: { search: ProductSearch; onChange: (search: ProductSearch) => void }) {
	const t = useTexts(productTexts)
	const send = (text: string, change: ProductSearch = {}) => onChange(readProductSearch({ ...search, search: text, ...change }))
	return (
		<SearchForm label={t.searchLabel} shortcut={t.keySearch} text={search.search} maxLength={200} onSend={send}>
			{(text) => (
				<>
					<Select
						label={t.state}
						value={search.state ?? 'all'}
						choices={[
							{ value: 'all', label: t.stateAll },
							{ value: 'on_sale', label: t.stateOnSale },
							{ value: 'withdrawn', label: t.stateWithdrawn },
						]}
						onChoose={(state) => send(text, { state })}
					/>
					<Select
						label={t.sort}
						value={search.sort ?? 'newest'}
						choices={[
							{ value: 'newest', label: t.byNewest },
							{ value: 'name', label: t.byName },
							{ value: '-name', label: t.byNameBack },
							{ value: 'price', label: t.byPrice },
							{ value: '-price', label: t.byPriceBack },
						]}
						onChoose={(sort) => send(text, { sort })}
					/>
				</>
			)}
		</SearchForm>
	)
}
