import { Tooltip } from '@base-ui/react/tooltip'
import { useEffect, useState } from 'react'
import styles from './TooltipRegion.module.css'

/** Whoever only passes by is not told. */
const SHOWN_AFTER_MS = 300
/** Long enough to go over to the text, as somebody who has enlarged it does. */
const GONE_AFTER_MS = 150
const GAP_PX = 6

/** Shows what the controls of the panel tell of themselves (`Tooltip`), one at a time: at the pointer after a moment, at the focus at once. */
export function TooltipRegion() {
	const [anchor, setAnchor] = useState<Element>()
	useEffect(() => follow(setAnchor), [])
	useEffect(() => {
		if (anchor === undefined) return
		// It may be taken away under the pointer.
		const observer = new ResizeObserver(() => anchor.isConnected || setAnchor(undefined))
		observer.observe(anchor)
		return () => observer.disconnect()
	}, [anchor])
	const text = anchor?.getAttribute('data-tooltip')
	return (
		<Tooltip.Root open={text !== undefined && text !== null}>
			<Tooltip.Portal>
				<Tooltip.Positioner anchor={anchor} sideOffset={GAP_PX} className={styles['positioner']}>
					<Tooltip.Popup className={styles['tooltip']} data-tooltip-text>
						{text}
					</Tooltip.Popup>
				</Tooltip.Positioner>
			</Tooltip.Portal>
		</Tooltip.Root>
	)
}

/** Calls `show` with the control that is to tell of itself now, and with undefined when none is; returns how to stop. */
function follow(show: (control: Element | undefined) => void): () => void {
	let timer: number | undefined
	const soon = (control: Element | undefined, afterMs: number) => {
		window.clearTimeout(timer)
		timer = window.setTimeout(() => show(control), afterMs)
	}
	const now = (control: Element | undefined) => {
		window.clearTimeout(timer)
		show(control)
	}
	const over = ({ target, pointerType }: PointerEvent) => {
		if (!(target instanceof Element) || pointerType === 'touch') return
		if (target.closest('[data-tooltip-text]')) return window.clearTimeout(timer)
		const control = target.closest('[data-tooltip]') ?? undefined
		soon(control, control === undefined ? GONE_AFTER_MS : SHOWN_AFTER_MS)
	}
	const focused = ({ target }: FocusEvent) => {
		const control = target instanceof Element && target.matches(':focus-visible') ? target.closest('[data-tooltip]') : null
		now(control ?? undefined)
	}
	const gone = () => now(undefined)
	const key = ({ key: pressed }: KeyboardEvent) => {
		if (pressed === 'Escape') gone()
	}
	const listening = new AbortController()
	const { signal } = listening
	document.addEventListener('pointerover', over, { signal })
	document.addEventListener('focusin', focused, { signal })
	document.addEventListener('focusout', gone, { signal })
	document.addEventListener('pointerdown', gone, { signal })
	document.addEventListener('keydown', key, { signal })
	// What the pointer or the focus has been on since before.
	soon(document.querySelector('[data-tooltip]:is(:hover, :focus-visible)') ?? undefined, SHOWN_AFTER_MS)
	return () => {
		listening.abort()
		window.clearTimeout(timer)
	}
}
