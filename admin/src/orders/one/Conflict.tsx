import { useFormats } from '../../i18n/formats.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Facts } from '../../ui/Page.tsx'
import styles from './Conflict.module.css'
import type { StaffOrder } from './order.ts'
import { StatusBadge } from './StatusBadge.tsx'
import { orderTexts } from './texts.ts'
import { useWho } from './who.ts'

/** The order as it was seen and as it is by now, beside each other. */
export function Conflict({ seen, current }: { seen: StaffOrder; current: StaffOrder }) {
	const t = useTexts(orderTexts)
	return (
		<div className={styles['versions']}>
			<Version title={t.youSaw} order={seen} />
			<Version title={t.now} order={current} />
		</div>
	)
}

function Version({ title, order }: { title: string; order: StaffOrder }) {
	const t = useTexts(orderTexts)
	const { moment } = useFormats()
	const who = useWho()
	const last = order.history.at(-1)
	return (
		<section className={styles['version']} aria-label={title}>
			<h3>{title}</h3>
			<Facts
				facts={[
					[
						t.status,
						<StatusBadge key="status" status={order.status}>
							{order.status_label}
						</StatusBadge>,
					],
					[t.version, order.version],
					[t.when, moment(order.updated_at)],
					last !== undefined && [t.who, who(last.actor)],
					last?.reason != null && [t.why, last.reason],
				]}
			/>
		</section>
	)
}
