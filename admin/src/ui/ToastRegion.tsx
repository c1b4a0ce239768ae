import { Toast } from '@base-ui/react/toast'
import { useEffect, useSyncExternalStore } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { IconButton } from './Button.tsx'
import { classes } from './classes.ts'
import { CloseIcon } from './icons.tsx'
import { uiTexts } from './texts.ts'
import styles from './ToastRegion.module.css'
import { waitingToasts } from './toasts.ts'

const SHOWN_MS = 6_000
const AT_ONCE_MAX = 3

/** Where short words about what was done are shown, and read out by screen readers. F6 goes to them. */
export function ToastRegion() {
	return (
		<Toast.Provider timeout={SHOWN_MS} limit={AT_ONCE_MAX}>
			<Toast.Portal>
				<Toast.Viewport className={styles['viewport']}>
					<Shown />
				</Toast.Viewport>
			</Toast.Portal>
		</Toast.Provider>
	)
}

function Shown() {
	const { toasts, add } = Toast.useToastManager()
	const t = useTexts(uiTexts)
	const waiting = useSyncExternalStore(waitingToasts.subscribe, waitingToasts.read)
	useEffect(() => {
		if (waiting.length === 0) return
		for (const { text, failed } of waitingToasts.take()) {
			add(failed ? { title: text, type: 'error', priority: 'high', timeout: 0 } : { title: text })
		}
	}, [waiting, add])
	return toasts.map((toast) => (
		<Toast.Root key={toast.id} toast={toast} className={classes(styles['toast'], toast.type === 'error' && styles['error'])}>
			{/* Its title, for that is the name that it is read out by. */}
			<Toast.Title render={<p />} className={styles['text']} />
			<Toast.Close render={<IconButton label={t.dismiss} icon={<CloseIcon />} />} />
		</Toast.Root>
	))
}
