import type { ReactNode } from 'react'
import { useErrorText } from '../api/problems.ts'
import styles from './Problem.module.css'

/** Why what was asked for was not done, or what `children` say of it; nothing where there is no error. */
export function Problem({ error, children }: { error: unknown; children?: ReactNode }) {
	const errorText = useErrorText()
	if (!error) return null
	return (
		<div role="alert" className={styles['problem']}>
			{children ?? errorText(error)}
		</div>
	)
}
