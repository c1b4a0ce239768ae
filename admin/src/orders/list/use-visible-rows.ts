import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'

/** The height of each row, which the stylesheet sets. */
const ROW_PX = 44
/** Before a card has been measured. */
const CARD_PX = 220
const CARD_GAP_PX = 12
/** Rows that are drawn beyond the screen, each way. */
const OVERSCAN = 4
/** From so many rows before the end on, the next page is asked for. */
const NEAR_END = 30
/** What covers the upper end of the screen: the bar and the heads of the columns. */
const COVERED_ABOVE_PX = 110
const COVERED_BELOW_PX = 90

type Options = {
	/** What the rows stand in. */
	readonly body: RefObject<HTMLElement | null>
	readonly rows: readonly { readonly id: string }[]
	readonly active: string | undefined
	readonly asCards: boolean
	readonly hasMore: boolean
	readonly onEnd: () => void
}

/** Which rows are drawn, and where: those near the screen, and the active one wherever it is, so that it keeps the focus. */
export function useVisibleRows({ body, rows, active, asCards, hasMore, onEnd }: Options) {
	const [top, setTop] = useState(0)
	useLayoutEffect(() => {
		const look = () => {
			if (body.current) setTop(Math.round(body.current.getBoundingClientRect().top + window.scrollY))
		}
		look()
		// When what stands above grows, so does the page.
		const observer = new ResizeObserver(look)
		observer.observe(document.body)
		return () => observer.disconnect()
	}, [body])
	const activeAt = rows.findIndex(({ id }) => id === active)
	const virtualizer = useWindowVirtualizer({
		count: rows.length,
		estimateSize: () => (asCards ? CARD_PX : ROW_PX),
		getItemKey: (index) => rows[index]?.id ?? index,
		overscan: OVERSCAN,
		gap: asCards ? CARD_GAP_PX : 0,
		scrollMargin: top,
		scrollPaddingStart: COVERED_ABOVE_PX,
		scrollPaddingEnd: COVERED_BELOW_PX,
		useFlushSync: false,
		rangeExtractor(range) {
			const near = defaultRangeExtractor(range)
			return activeAt < 0 || near.includes(activeAt) ? near : [...near, activeAt].toSorted((one, other) => one - other)
		},
	})
	useEffect(() => virtualizer.measure(), [virtualizer, asCards])
	useEffect(() => {
		if (activeAt >= 0) virtualizer.scrollToIndex(activeAt)
		// Only when another one becomes active, not when rows come before it.
		// oxlint-disable-next-line react/exhaustive-deps
	}, [virtualizer, active])
	const items = virtualizer.getVirtualItems()
	const last = items.at(-1)?.index ?? 0
	useEffect(() => {
		if (hasMore && last >= rows.length - NEAR_END) onEnd()
	}, [hasMore, last, rows.length, onEnd])
	return {
		/** For cards, which are as high as what they hold; rows are all alike. */
		measure: asCards ? virtualizer.measureElement : undefined,
		height: virtualizer.getTotalSize(),
		items: items.map(({ index, start }) => ({ index, start: start - top })),
	}
}
