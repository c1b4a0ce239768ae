import { Tooltip as Base } from '@base-ui/react/tooltip'
import { type ReactElement, useId } from 'react'
import styles from './Tooltip.module.css'

/** Says more of a control when it is pointed at or focused; to a screen reader always, as its description. */
export function Tooltip({ text, children }: { text: string; children: ReactElement<{ 'aria-describedby'?: string }> }) {
	const id = useId()
	return (
		<Base.Root>
			<Base.Trigger render={children} aria-describedby={id} />
			<span id={id} hidden>
				{text}
			</span>
			<Base.Portal>
				<Base.Positioner sideOffset={6} className={styles['positioner']}>
					<Base.Popup className={styles['tooltip']}>{text}</Base.Popup>
				</Base.Positioner>
			</Base.Portal>
		</Base.Root>
	)
}
