import { useRef, useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { useShortcuts } from '../shell/shortcuts.ts'
import { Button } from '../ui/Button.tsx'
import { Select, TextField } from '../ui/Field.tsx'
import { SearchIcon } from '../ui/icons.tsx'
import { type ProductSearch, readProductSearch } from './products.ts'
import styles from './products.module.css'
import { productTexts } from './texts.ts'

export function ProductFilters({ search, onChange }: { search: ProductSearch; onChange: (search: ProductSearch) => void }) {
	const t = useTexts(productTexts)
	const [text, setText] = useState(search.search ?? '')
	const input = useRef<HTMLInputElement>(null)
	useShortcuts([{ keys: '/', label: t.keySearch, run: () => input.current?.focus() }])
	const send = (change: ProductSearch) => onChange(readProductSearch({ ...search, search: text, ...change }))
	return (
		<search>
			<form
				className={styles['filters']}
				onSubmit={(event) => {
					event.preventDefault()
					send({})
				}}
			>
				<TextField
					ref={input}
					type="search"
					label={t.searchLabel}
					value={text}
					maxLength={200}
					autoComplete="off"
					spellCheck={false}
					onChange={({ target }) => setText(target.value)}
				/>
				<Select
					label={t.state}
					value={search.state ?? 'all'}
					choices={[
						{ value: 'all', label: t.stateAll },
						{ value: 'on_sale', label: t.stateOnSale },
						{ value: 'withdrawn', label: t.stateWithdrawn },
					]}
					onChoose={(state) => send({ state })}
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
					onChoose={(sort) => send({ sort })}
				/>
				<Button type="submit" kind="primary" icon={<SearchIcon />}>
					{t.find}
				</Button>
			</form>
		</search>
	)
}
