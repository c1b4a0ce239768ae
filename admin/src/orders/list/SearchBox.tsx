import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { TextField } from '../../ui/Field.tsx'
import { meantBy, type OrderFilters, typedFor } from './search.ts'
import { listTexts } from './texts.ts'

/** Whoever types is not asked for after each letter. */
const TYPED_MS = 300

/** One search for a number, a phone and a name; `/` goes to it, Escape leaves it. */
export function SearchBox({
	filters,
	onSearch,
}: {
	filters: OrderFilters
	onSearch: (meant: Pick<OrderFilters, 'number' | 'phone' | 'name'>) => void
}) {
	const t = useTexts(listTexts)
	const box = useRef<HTMLInputElement>(null)
	const timer = useRef<number>(undefined)
	const sought = typedFor(filters)
	const [typed, setTyped] = useState(sought)
	const [before, setBefore] = useState(sought)
	// Sought by a link or a view: what stands here was typed for another search.
	if (sought !== before) {
		setBefore(sought)
		if (typedFor(meantBy(typed)) !== sought) setTyped(sought)
	}
	useEffect(() => () => window.clearTimeout(timer.current), [])
	useShortcuts([
		{
			keys: '/',
			label: t.keySearch,
			run() {
				box.current?.focus()
				box.current?.select()
			},
		},
	])
	const search = (text: string) => {
		window.clearTimeout(timer.current)
		onSearch(meantBy(text))
	}
	return (
		<TextField
			ref={box}
			type="search"
			label={t.search}
			hideLabel
			placeholder={t.search}
			autoComplete="off"
			value={typed}
			onChange={({ target: { value } }) => {
				setTyped(value)
				window.clearTimeout(timer.current)
				timer.current = window.setTimeout(() => search(value), TYPED_MS)
			}}
			onKeyDown={({ key }) => {
				if (key === 'Enter') search(typed)
				if (key === 'Escape') box.current?.blur()
			}}
		/>
	)
}
