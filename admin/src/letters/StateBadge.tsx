import { useTexts } from '../i18n/texts.ts'
import { Badge } from '../ui/Badge.tsx'
import styles from './letters.module.css'
import type { ListedLetter } from './letters.ts'
import { letterTexts } from './texts.ts'

const TONES = { open: 'danger', replayed: 'accent', dropped: 'neutral' } as const

/** Whether somebody has decided about a letter. */
export function StateBadge({ state }: { state: ListedLetter['state'] }) {
	const t = useTexts(letterTexts)
	return (
		<span className={styles['state']}>
			<Badge tone={TONES[state]}>{t[state]}</Badge>
		</span>
	)
}
