import { Link } from '@tanstack/react-router'
import { useFormats } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import { Card } from '../ui/Page.tsx'
import type { Stats } from './stats.ts'
import styles from './Today.module.css'
import { todayTexts } from './texts.ts'

/** All orders as they stand, by status: each leads to them. */
export function Now({ stats }: { stats: Stats }) {
	const t = useTexts(todayTexts)
	const formats = useFormats()
	return (
		<Card title={t.now}>
			<ul className={styles['tiles']}>
				{stats.now.map(({ status, orders, total }) => (
					<li key={status}>
						<Link to="/orders" search={{ status }} className={styles['tile']}>
							<span className={styles['tileName']}>{t[status]}</span>{' '}
							<span className={styles['figure']}>{formats.number(orders)}</span>{' '}
							<span className={styles['under']}>{formats.money(total, stats.currency)}</span>
						</Link>
					</li>
				))}
			</ul>
		</Card>
	)
}

/** What came and went in the period. */
export function Sums({ stats }: { stats: Stats }) {
	const t = useTexts(todayTexts)
	const { number, money } = useFormats()
	const { placed, cancelled, currency } = stats
	const figures = [
		[t.placed, number(placed.orders), money(placed.total, currency)],
		[t.cancelledIn, number(cancelled.orders), money(cancelled.total, currency)],
		[t.average, placed.orders === 0 ? '—' : money(Math.round(placed.total / placed.orders), currency), t.averageOf],
	] as const
	return (
		<dl className={styles['tiles']}>
			{figures.map(([name, figure, under]) => (
				<div key={name} className={styles['tile']}>
					<dt className={styles['tileName']}>{name}</dt>
					<dd className={styles['figure']}>{figure}</dd>
					<dd className={styles['under']}>{under}</dd>
				</div>
			))}
		</dl>
	)
}
