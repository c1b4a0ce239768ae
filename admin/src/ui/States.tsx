import type { ReactNode } from 'react'
import { ApiError, useErrorText } from '../api/problems.ts'
import { useTexts } from '../i18n/texts.ts'
import { Button } from './Button.tsx'
import styles from './States.module.css'
import { uiTexts } from './texts.ts'

type StateProps = { title: string; children?: ReactNode; action?: ReactNode }

/** There is nothing to show: says why, and what to do. */
export function EmptyState({ title, children, action }: StateProps) {
	return (
		<div className={styles['state']}>
			<h2>{title}</h2>
			{children && <p className={styles['text']}>{children}</p>}
			{action}
		</div>
	)
}

/** Something went wrong: what, and a way to try again where that may help. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
	const t = useTexts(uiTexts)
	const errorText = useErrorText()
	const status = error instanceof ApiError ? error.status : undefined
	if (status === 404) return <EmptyState title={t.notFound}>{t.notFoundText}</EmptyState>
	return (
		<div className={styles['state']} role="alert">
			<h2>{status === 403 ? t.noRight : t.failed}</h2>
			<p className={styles['text']}>{errorText(error)}</p>
			{onRetry && status !== 403 && <Button onClick={onRetry}>{t.retry}</Button>}
		</div>
	)
}

/** Something is on its way: the shape of `lines` lines, so that nothing jumps when it comes. */
export function Loading({ lines = 6 }: { lines?: number }) {
	const t = useTexts(uiTexts)
	return (
		<div className={styles['loading']} role="status">
			<span className="visually-hidden">{t.loading}</span>
			{Array.from({ length: lines }, (_, line) => (
				<span key={line} className={styles['line']} />
			))}
		</div>
	)
}
