import { CopyButton } from './CopyButton.tsx'
import styles from './SecretBox.module.css'

/** A link or a key that is seen this once: the whole of it, and a button that copies it. */
export function SecretBox({ label, secret }: { label: string; secret: string }) {
	return (
		<div className={styles['box']}>
			<code className={styles['secret']} aria-label={label}>
				{secret}
			</code>
			<CopyButton kind="primary" text={secret} />
		</div>
	)
}
