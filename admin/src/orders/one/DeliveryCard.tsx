import { useFormats } from '../../i18n/formats.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Card, Facts } from '../../ui/Page.tsx'
import { Fresh } from './Fresh.tsx'
import type { News } from './news.ts'
import type { StaffOrder } from './order.ts'
import { orderTexts } from './texts.ts'
import styles from './Timeline.module.css'

/** How it comes to the customer, and what happened on the way, newest first. */
export function DeliveryCard({ order: { delivery }, news }: { order: StaffOrder; news: News }) {
	const t = useTexts(orderTexts)
	const { day, moment } = useFormats()
	const { events = [] } = delivery
	return (
		<Card title={t.delivery}>
			<Facts
				facts={[
					[t.method, t[delivery.method]],
					delivery.method === 'courier'
						? [t.address, delivery.address.full_address === '' ? t.erased : delivery.address.full_address]
						: [t.point, delivery.pickup_point_id],
					delivery.carrier !== null && [t.carrier, delivery.carrier],
					delivery.tracking_number !== null && [t.trackingNumber, delivery.tracking_number],
					delivery.estimated_at !== null && [t.estimated, day(delivery.estimated_at)],
				]}
			/>
			{events.length === 0 ? (
				<p className={styles['nothing']}>{t.notTracked}</p>
			) : (
				<ol className={styles['timeline']} aria-label={t.timeline}>
					{events.map((event) => (
						<li key={`${event.occurred_at} ${event.status}`} className={styles[news.event(event) ? 'fresh' : 'known']}>
							<p className={styles['what']}>
								{t[event.status]}
								{news.event(event) && <Fresh />}
							</p>
							<p className={styles['about']}>
								<time dateTime={event.occurred_at}>{moment(event.occurred_at)}</time>
								{event.location !== null && <span>{event.location}</span>}
							</p>
						</li>
					))}
				</ol>
			)}
		</Card>
	)
}
