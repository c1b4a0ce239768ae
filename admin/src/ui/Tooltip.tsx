import { cloneElement, type ReactElement, useId } from 'react'

/** What a control may be given; `data-tooltip` is what `TooltipRegion` shows. */
type Told = { 'aria-describedby'?: string; 'data-tooltip'?: string }

/** Says more of a control when it is pointed at or focused; to a screen reader always, as its description. */
export function Tooltip({ text, children }: { text: string; children: ReactElement<Told> }) {
	const id = useId()
	return (
		<>
			{cloneElement(children, { 'aria-describedby': id, 'data-tooltip': text })}
			<span id={id} hidden>
				{text}
			</span>
		</>
	)
}
