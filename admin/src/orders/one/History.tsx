import { useFormats } from '../../i18n/formats.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Card } from '../../ui/Page.tsx'
import { Fresh } from './Fresh.tsx'
import type { News } from './news.ts'
import { labelOf, type OrderStatus, type StaffOrder } from './order.ts'
import { StatusBadge } from './StatusBadge.tsx'
import { orderTexts } from './texts.ts'
import styles from './Timeline.module.css'
import { useWho } from './who.ts'

/** What was done with the order: by whom, whence and why, the newest last; and what others wanted and were refused. */
export function History({ order, news }: { order: StaffOrder; news: News }) {
	const t = useTexts(orderTexts)
	const { moment } = useFormats()
	const who = useWho()
	return (
		<Card title={t.history}>
			<ol className={styles['timeline']} aria-label={t.history}>
				{order.history.map((line) => (
					<li key={line.version} className={styles[news.line(line) ? 'fresh' : 'known']}>
						<p className={styles['what']}>
							<StatusBadge status={line.status}>{labelOf(order, line.status)}</StatusBadge>
							{news.line(line) && <Fresh />}
						</p>
						<p className={styles['about']}>
							<span>{who(line.actor)}</span>
							<span>{t[line.source]}</span>
							<time dateTime={line.at}>{moment(line.at)}</time>
						</p>
						{line.reason !== null && line.reason !== '' && <p className={styles['reason']}>{line.reason}</p>}
					</li>
				))}
			</ol>
			{order.refusals.length > 0 && <Refusals order={order} />}
		</Card>
	)
}

function Refusals({ order }: { order: StaffOrder }) {
	const t = useTexts(orderTexts)
	const { moment } = useFormats()
	const who = useWho()
	const isStatus = (status: string): status is OrderStatus => order.can.statuses.some((step) => step.status === status)
	return (
		<>
			<h3>{t.refusals}</h3>
			<ul className={styles['timeline']} aria-label={t.refusals}>
				{order.refusals.map(({ at, from, status, actor, source, reason }) => (
					<li key={`${at} ${status}`}>
						<p>{t.refused(labelOf(order, from), isStatus(status) ? labelOf(order, status) : status)}</p>
						<p className={styles['about']}>
							<span>{who({ ...actor, name: null })}</span>
							<span>{t[source]}</span>
							<time dateTime={at}>{moment(at)}</time>
						</p>
						{reason !== null && <p className={styles['reason']}>{reason}</p>}
					</li>
				))}
			</ul>
		</>
	)
}
