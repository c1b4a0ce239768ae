import type { ReactNode } from 'react'
import styles from './Button.module.css'
import { DownloadIcon } from './icons.tsx'

/** A link to a file of the API, for the browser to keep: of any size, while the screen goes on. */
export const DownloadLink = ({ href, children }: { href: string; children: ReactNode }) => (
	<a href={href} download className={styles['button']}>
		<DownloadIcon />
		{children}
	</a>
)
