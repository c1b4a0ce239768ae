import type { ComponentProps, ReactNode } from 'react'
import styles from './Button.module.css'
import { classes } from './classes.ts'

/** A small button that fetches a file of the service, which the browser keeps. */
export function FileButton({ icon, children, ...rest }: ComponentProps<'a'> & { href: string; icon?: ReactNode }) {
	return (
		<a download {...rest} className={classes(styles['button'], styles['small'], rest.className)}>
			{icon}
			{children}
		</a>
	)
}
