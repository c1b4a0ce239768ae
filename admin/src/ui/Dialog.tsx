import { Dialog as Base } from '@base-ui/react/dialog'
import { type ReactNode, useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { Button } from './Button.tsx'
import { classes } from './classes.ts'
import styles from './Dialog.module.css'
import { CloseIcon } from './icons.tsx'
import { uiTexts } from './texts.ts'

export type DialogProps = {
	open: boolean
	/** Asked for by Escape, a press beside it or its cross. */
	onClose: () => void
	title: string
	/** Read out when it opens. */
	lead?: ReactNode
	children?: ReactNode
	/** Its buttons, the one that does it last. */
	actions?: ReactNode
	size?: 'normal' | 'wide'
}

/** A modal dialog: focus stays within it and goes back to where it came from. */
export function Dialog({ open, onClose, title, lead, children, actions, size = 'normal' }: DialogProps) {
	const t = useTexts(uiTexts)
	const opener = useOpener(open)
	return (
		<Base.Root open={open} onOpenChange={(next) => next || onClose()}>
			<Base.Portal>
				<Base.Backdrop className={styles['backdrop']} />
				<Base.Popup
					finalFocus={() => (opener?.isConnected ? opener : true)}
					className={classes(styles['dialog'], size === 'wide' && styles['wide'])}
				>
					{/* Without a tooltip: focus may begin here, and Escape would close that first. */}
					<header className={styles['head']}>
						<Base.Title className={styles['title']}>{title}</Base.Title>
						<Base.Close render={<Button kind="quiet" aria-label={t.close} icon={<CloseIcon />} />} />
					</header>
					<div className={styles['body']}>
						{lead && <Base.Description render={<div />}>{lead}</Base.Description>}
						{children}
					</div>
					{actions && <footer className={styles['actions']}>{actions}</footer>}
				</Base.Popup>
			</Base.Portal>
		</Base.Root>
	)
}

/** What had the focus before the dialog opened. Looked at before a field of it takes the focus for itself (`autoFocus`). */
function useOpener(open: boolean): HTMLElement | undefined {
	const [before, setBefore] = useState<{ open: boolean; opener?: HTMLElement }>({ open: false })
	if (before.open === open) return before.opener
	const focused = document.activeElement
	const next =
		open && focused instanceof HTMLElement && focused !== document.body ? { open, opener: focused } : { ...before, open }
	setBefore(next)
	return next.opener
}
