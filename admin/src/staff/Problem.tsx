import { useErrorText } from '../api/problems.ts'
import styles from './staff.module.css'

/** Why what was asked for was not done; nothing where there is no error. */
export function Problem({ error }: { error: unknown }) {
	const errorText = useErrorText()
	if (!error) return null
	return (
		<p role="alert" className={styles['warning']}>
			{errorText(error)}
		</p>
	)
}
