import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { listTexts } from './texts.ts'

type KeyedRow = { readonly id: string; toggleSelected(): void }

/** The row that the keys go from, and the keys. */
export function useRowKeys(rows: readonly KeyedRow[]) {
	const t = useTexts(listTexts)
	const navigate = useNavigate()
	const [active, setActive] = useState<string>()
	const focusWanted = useRef(false)
	const at = rows.findIndex(({ id }) => id === active)
	const go = (index: number) => {
		const row = rows[Math.max(0, Math.min(index, rows.length - 1))]
		if (row === undefined) return
		focusWanted.current = true
		setActive(row.id)
	}
	useShortcuts([
		{ keys: 'j', label: t.keyDown, run: () => go(at + 1) },
		{ keys: 'k', label: t.keyUp, run: () => go(at < 0 ? 0 : at - 1) },
		{ keys: 'x', label: t.keySelect, run: () => rows[at]?.toggleSelected() },
		{
			keys: 'o',
			label: t.keyOpen,
			run() {
				const id = rows[at]?.id
				if (id !== undefined) void navigate({ to: '/orders/$id', params: { id } })
			},
		},
	])
	return { active, setActive, focusWanted }
}
