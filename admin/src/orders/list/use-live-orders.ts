import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react'
import { type LiveEvent, useLive } from '../../api/live.ts'
import { type ListedOrder, type LoadedOrders, readFirst, readOrders } from './orders.ts'
import type { OrderFilters } from './search.ts'

/** Word of changes is gathered for so long before it is asked for what changed. */
const GATHER_MS = 300
/** How long a row is marked that has changed. */
const MARKED_MS = 10_000

type Live = {
	/** Orders that fit and are not shown yet. */
	readonly came: ReadonlySet<string>
	/** More has changed than was told one by one. */
	readonly many: boolean
	/** Rows that have changed while they were looked at. */
	readonly changed: ReadonlySet<string>
	/** Those that had come, and were shown then. */
	readonly fresh: ReadonlySet<string>
}
type Told =
	| { readonly kind: 'came'; readonly ids: readonly string[] }
	| { readonly kind: 'changed' | 'calm'; readonly ids: readonly string[] }
	| { readonly kind: 'many' | 'shown' }

const QUIET: Live = { came: new Set(), many: false, changed: new Set(), fresh: new Set() }

function tell(live: Live, told: Told): Live {
	switch (told.kind) {
		case 'came':
			return told.ids.length === 0 ? live : { ...live, came: new Set([...live.came, ...told.ids]) }
		case 'changed':
			return told.ids.length === 0 ? live : { ...live, changed: new Set([...live.changed, ...told.ids]) }
		case 'calm':
			return { ...live, changed: new Set([...live.changed].filter((id) => !told.ids.includes(id))) }
		case 'many':
			return { ...live, many: true }
		case 'shown':
			return { ...live, came: new Set(), many: false, fresh: live.came }
	}
}

/**
 * Follows the shop: rows that are shown change where they stand, and are marked for a while; orders that fit and are not shown are counted,
 * for the person to have them shown. Call `shown` when the list has been read anew.
 */
export function useLiveOrders(filters: OrderFilters, loaded: LoadedOrders): Live & { readonly shown: () => void } {
	const [live, dispatch] = useReducer(tell, QUIET)
	const gathered = useRef(new Set<string>())
	const timer = useRef<number>(undefined)
	const asked = useRef({ filters, loaded })
	useEffect(() => {
		asked.current = { filters, loaded }
		gathered.current.clear()
		dispatch({ kind: 'shown' })
	}, [filters, loaded])

	/** Takes orders as they are now: those that are shown, and those of `fitting` that are not. */
	const take = useCallback((now: readonly ListedOrder[], fitting: readonly ListedOrder[]) => {
		const shown = new Set(asked.current.loaded.all().map(({ id }) => id))
		const changed = asked.current.loaded.patch(now)
		dispatch({ kind: 'changed', ids: changed })
		dispatch({ kind: 'came', ids: fitting.map(({ id }) => id).filter((id) => !shown.has(id)) })
		if (changed.length > 0) window.setTimeout(() => dispatch({ kind: 'calm', ids: changed }), MARKED_MS)
	}, [])
	const readGathered = useCallback(async () => {
		timer.current = undefined
		const before = asked.current
		const ids = [...gathered.current]
		gathered.current.clear()
		const shown = new Set(before.loaded.all().map(({ id }) => id))
		const known = ids.filter((id) => shown.has(id))
		const others = ids.filter((id) => !shown.has(id))
		const [now, fitting] = await Promise.all([readOrders(known), readOrders(others, before.filters)])
		if (asked.current === before) take(now, fitting)
	}, [take])
	const readAll = useCallback(async () => {
		const before = asked.current
		const shown = before.loaded.all()
		if (shown.length === 0) return
		const [now, first] = await Promise.all([readOrders(shown.map(({ id }) => id)), readFirst(before.filters)])
		if (asked.current === before) take(now, first)
	}, [take])

	const onEvent = useCallback(
		(event: LiveEvent) => {
			if (event.name === 'orders_changed') return dispatch({ kind: 'many' })
			if (event.name !== 'order_placed' && event.name !== 'order_changed') return
			gathered.current.add(event.data.order_id)
			// What can't be read now is told by the sign of the connection, and read when that is back.
			timer.current ??= window.setTimeout(() => void readGathered().catch(() => dispatch({ kind: 'many' })), GATHER_MS)
		},
		[readGathered],
	)
	const onOpen = useCallback(() => void readAll().catch(() => dispatch({ kind: 'many' })), [readAll])
	useLive(onEvent, onOpen)
	useEffect(() => {
		// A list that was read before, and left for another screen, may be out of date.
		onOpen()
		return () => window.clearTimeout(timer.current)
	}, [onOpen])
	const shown = useCallback(() => dispatch({ kind: 'shown' }), [])
	return useMemo(() => ({ ...live, shown }), [live, shown])
}
