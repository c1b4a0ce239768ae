import { useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './OrdersScreen.module.css'
import { listTexts } from './texts.ts'

/** Tells of orders that have come and are not shown, over the list, so that nothing moves; a press, or `n`, shows them. */
export function News({ came, many, onShow }: { came: number; many: boolean; onShow: () => Promise<void> }) {
	const t = useTexts(listTexts)
	const [busy, setBusy] = useState(false)
	const show = () => {
		if (busy || (came === 0 && !many)) return
		setBusy(true)
		void onShow().finally(() => setBusy(false))
	}
	useShortcuts([{ keys: 'n', label: t.keyNew, run: show }])
	return (
		<div className={styles['news']} role="status">
			{(came > 0 || many) && (
				<Button kind="primary" size="small" busy={busy} onClick={show}>
					{many ? t.manyCame : t.came(came)} · {t.show}
				</Button>
			)}
		</div>
	)
}
