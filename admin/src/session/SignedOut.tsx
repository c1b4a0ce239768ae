import type { ReactNode } from 'react'
import { LanguageSwitch } from '../shell/Preferences.tsx'
import { Page } from '../ui/Page.tsx'
import styles from './SignedOut.module.css'

/** The frame of the screens for whoever is not signed in. */
export function SignedOut({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
	return (
		<main className={styles['frame']}>
			<div className={styles['panel']}>
				<p className={styles['brand']}>
					<img src="/admin/icon.svg" alt="" width="32" height="32" />
					Prilavok
				</p>
				<Page title={title} lead={lead}>
					{children}
				</Page>
				<LanguageSwitch />
			</div>
		</main>
	)
}
