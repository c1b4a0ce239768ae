import { useTexts } from '../../i18n/texts.ts'
import { useRoleReason } from '../../session/me.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Page.tsx'
import type { OrderStatus, StaffOrder } from './order.ts'
import styles from './StatusSteps.module.css'
import { orderTexts } from './texts.ts'

/**
 * A button for every status there is, by the service's own table; one that may not be pressed says why. They stay where they are,
 * whatever becomes of the order.
 */
export function StatusSteps({ order, onWish }: { order: StaffOrder; onWish: (status: OrderStatus) => void }) {
	const t = useTexts(orderTexts)
	const roleReason = useRoleReason()('operator')
	const next = order.can.statuses.find(({ allowed }) => allowed)?.status
	return (
		<Card title={t.statuses}>
			<ul className={styles['steps']}>
				{order.can.statuses.map(({ status, label, code }) => (
					<li key={status}>
						<Button
							kind={status === next && roleReason === undefined && next !== 'cancelled' ? 'primary' : 'plain'}
							aria-current={status === order.status ? 'step' : undefined}
							className={styles[status === order.status ? 'current' : 'other']}
							disabledReason={code === null ? roleReason : t[code]}
							onClick={() => onWish(status)}
						>
							{label}
						</Button>
					</li>
				))}
			</ul>
		</Card>
	)
}
