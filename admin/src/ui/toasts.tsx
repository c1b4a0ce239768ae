import { Toast } from '@base-ui/react/toast'
import type { ReactNode } from 'react'
import { useErrorText } from '../api/problems.ts'
import { useTexts } from '../i18n/texts.ts'
import { IconButton } from './Button.tsx'
import { classes } from './classes.ts'
import { CloseIcon } from './icons.tsx'
import { uiTexts } from './texts.ts'
import styles from './toasts.module.css'

const SHOWN_MS = 6_000
const AT_ONCE_MAX = 3

/** Short words about what was done, read out by screen readers. F6 goes to them. */
export function Toasts({ children }: { children: ReactNode }) {
	return (
		<Toast.Provider timeout={SHOWN_MS} limit={AT_ONCE_MAX}>
			{children}
			<Toast.Portal>
				<Toast.Viewport className={styles['viewport']}>
					<Shown />
				</Toast.Viewport>
			</Toast.Portal>
		</Toast.Provider>
	)
}

function Shown() {
	const { toasts } = Toast.useToastManager()
	const t = useTexts(uiTexts)
	return toasts.map((toast) => (
		<Toast.Root key={toast.id} toast={toast} className={classes(styles['toast'], toast.type === 'error' && styles['error'])}>
			{/* Its title, for that is the name that it is read out by. */}
			<Toast.Title render={<p />} className={styles['text']} />
			<Toast.Close render={<IconButton label={t.dismiss} icon={<CloseIcon />} />} />
		</Toast.Root>
	))
}

/** Tells of something that was done, or that it was not. */
export function useToasts(): { done(text: string): void; failed(error: unknown): void } {
	const { add } = Toast.useToastManager()
	const errorText = useErrorText()
	return {
		done: (text) => void add({ title: text }),
		failed: (error) => void add({ title: errorText(error), type: 'error', priority: 'high', timeout: 0 }),
	}
}
