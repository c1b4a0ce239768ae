import { type RefObject, useLayoutEffect, useState } from 'react'

/** The width of an element in rem, as it changes; undefined before it is known. */
export function useWidthRem(element: RefObject<HTMLElement | null>): number | undefined {
	const [width, setWidth] = useState<number>()
	useLayoutEffect(() => {
		const { current } = element
		if (current === null) return
		const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
		const measure = () => setWidth(current.clientWidth / rem)
		measure()
		const observer = new ResizeObserver(measure)
		observer.observe(current)
		return () => observer.disconnect()
	}, [element])
	return width
}
