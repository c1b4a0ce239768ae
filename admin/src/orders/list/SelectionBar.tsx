import { lazy, Suspense, useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { useRoleReason } from '../../session/me.ts'
import { Button } from '../../ui/Button.tsx'
import type { ListedOrder } from './orders.ts'
import styles from './SelectionBar.module.css'
import { listTexts } from './texts.ts'

const BulkStatus = lazy(async () => ({ default: (await import('./BulkStatus.tsx')).BulkStatus }))

/** What can be done with the orders that are selected; stays at the lower end of the screen. */
export function SelectionBar({
	orders,
	onChanged,
	onKeepOnly,
}: {
	orders: readonly ListedOrder[]
	onChanged: (orders: readonly ListedOrder[]) => void
	onKeepOnly: (ids: readonly string[]) => void
}) {
	const t = useTexts(listTexts)
	const roleReason = useRoleReason()
	const [changing, setChanging] = useState(false)
	return (
		<>
			{orders.length > 0 && (
				<section className={styles['bar']} aria-label={t.selection}>
					<span role="status">{t.selected(orders.length)}</span>
					<Button kind="primary" disabledReason={roleReason('operator')} onClick={() => setChanging(true)}>
						{t.changeStatus}
					</Button>
					<Button kind="quiet" onClick={() => onKeepOnly([])}>
						{t.unselect}
					</Button>
				</section>
			)}
			<Suspense>
				{changing && (
					<BulkStatus orders={orders} onChanged={onChanged} onKeepOnly={onKeepOnly} onClose={() => setChanging(false)} />
				)}
			</Suspense>
		</>
	)
}
