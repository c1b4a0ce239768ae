import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import styles from './Button.module.css'
import { classes } from './classes.ts'

/** A link that looks like a button: it goes somewhere. */
export const LinkButton = createLink(function Anchor({
	kind,
	children,
	...rest
}: ComponentProps<'a'> & { kind?: 'primary' | 'quiet' }) {
	return (
		<a {...rest} className={classes(styles['button'], kind && styles[kind], rest.className)}>
			{children}
		</a>
	)
})
