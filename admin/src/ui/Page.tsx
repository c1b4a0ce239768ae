import { type ReactNode, useEffect } from 'react'
import { classes } from './classes.ts'
import styles from './Page.module.css'

/** A screen: its heading, which is the document's title too, what can be done with all of it, and its content. */
export function Page({
	title,
	lead,
	actions,
	children,
}: {
	title: string
	lead?: ReactNode
	actions?: ReactNode
	children: ReactNode
}) {
	useEffect(() => {
		document.title = `${title} · Prilavok`
	}, [title])
	return (
		<div className={styles['page']}>
			<header className={styles['head']}>
				<div className={styles['titles']}>
					<h1 tabIndex={-1}>{title}</h1>
					{lead && <div className={styles['lead']}>{lead}</div>}
				</div>
				{actions && <div className={styles['actions']}>{actions}</div>}
			</header>
			{children}
		</div>
	)
}

/** Two parts of a screen beside each other, of which `wide` has more of the room; one under the other where it is narrow. */
export const Columns = ({ wide, children }: { wide: 'first' | 'second'; children: ReactNode }) => (
	<div className={classes(styles['columns'], wide === 'second' && styles['wideSecond'])}>{children}</div>
)

/** Cards that are one part together. */
export const Stack = ({ children }: { children: ReactNode }) => <div className={styles['stack']}>{children}</div>

/** A part of a screen, on a surface of its own. */
export function Card({ title, actions, children }: { title?: string; actions?: ReactNode; children: ReactNode }) {
	return (
		<section className={styles['card']} aria-label={title}>
			{(title || actions) && (
				<header className={styles['cardHead']}>
					{title && <h2>{title}</h2>}
					{actions && <div className={styles['actions']}>{actions}</div>}
				</header>
			)}
			{children}
		</section>
	)
}

/** Names and what they are, in two columns that become one where it is narrow. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode] | false)[] }) {
	return (
		<dl className={styles['facts']}>
			{facts.map(
				(fact) =>
					fact && (
						<div key={fact[0]}>
							<dt>{fact[0]}</dt>
							<dd>{fact[1]}</dd>
						</div>
					),
			)}
		</dl>
	)
}
