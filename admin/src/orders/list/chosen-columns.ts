import { useCallback, useSyncExternalStore } from 'react'
import { useMe } from '../../session/me.ts'
import { type ColumnId, readColumns, USUAL_COLUMNS } from './column-ids.ts'

const listeners = new Set<() => void>()

const readOwn = (key: string): readonly ColumnId[] => readColumns(localStorage.getItem(key)) ?? USUAL_COLUMNS

/** The columns that the person wants to see, on this computer, and how to choose others. */
export function useChosenColumns(): readonly [readonly ColumnId[], (ids: readonly ColumnId[]) => void] {
	const key = `prilavok.order-columns.${useMe().id}`
	const names = useSyncExternalStore(
		(listener) => {
			listeners.add(listener)
			return () => void listeners.delete(listener)
		},
		() => readOwn(key).join(','),
	)
	const choose = useCallback(
		(ids: readonly ColumnId[]) => {
			localStorage.setItem(key, ids.join(','))
			for (const listener of listeners) listener()
		},
		[key],
	)
	return [readColumns(names) ?? USUAL_COLUMNS, choose]
}
