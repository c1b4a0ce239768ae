import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import styles from './Button.module.css'
import { classes } from './classes.ts'
import { Tooltip } from './Tooltip.tsx'

export type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> & {
	kind?: 'plain' | 'primary' | 'danger' | 'quiet'
	size?: 'normal' | 'small'
	/** Why it may not be pressed now, for people. It can still be reached by keyboard, and tells this. */
	disabledReason?: string | undefined
	/** It was pressed and works. */
	busy?: boolean
	icon?: ReactNode
}

export function Button({
	kind = 'plain',
	size = 'normal',
	disabledReason,
	busy = false,
	icon,
	children,
	className,
	onClick,
	...rest
}: ButtonProps) {
	const off = disabledReason !== undefined || busy
	const click = (event: MouseEvent<HTMLButtonElement>) => {
		if (off) return event.preventDefault()
		onClick?.(event)
	}
	const button = (
		<button
			type="button"
			{...rest}
			className={classes(styles['button'], styles[kind], size === 'small' && styles['small'], className)}
			aria-disabled={off || undefined}
			aria-busy={busy || undefined}
			onClick={click}
		>
			{icon}
			{children}
		</button>
	)
	return disabledReason === undefined ? button : <Tooltip text={disabledReason}>{button}</Tooltip>
}

/** A button that shows an icon only; `label` is its name. */
export function IconButton({ label, icon, ...rest }: Omit<ButtonProps, 'children'> & { label: string; icon: ReactNode }) {
	const reason = rest.disabledReason
	const button = (
		<Button kind="quiet" {...rest} className={classes(styles['iconOnly'], rest.className)} aria-label={label} icon={icon} />
	)
	return reason === undefined ? <Tooltip text={label}>{button}</Tooltip> : button
}
