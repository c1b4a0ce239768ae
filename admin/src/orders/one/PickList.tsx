import { useFormats } from '../../i18n/formats.ts'
import { useTexts } from '../../i18n/texts.ts'
import { classes } from '../../ui/classes.ts'
import type { StaffOrder } from './order.ts'
import styles from './PickList.module.css'
import { orderTexts } from './texts.ts'

/** More lines than this stand closer, so that the list stays on one page. */
const ROOMY_MAX = 12

/** The order on paper, for whoever picks it: boxes to tick, and nothing of the screen. Not seen but in print. */
export function PickList({ order }: { order: StaffOrder }) {
	const t = useTexts(orderTexts)
	const { money, moment, number } = useFormats()
	const { delivery, items, currency } = order
	return (
		<article className={classes(styles['sheet'], items.length > ROOMY_MAX && styles['close'])} aria-label={t.sheet}>
			<header className={styles['head']}>
				<h1>{t.order(order.number)}</h1>
				<p>{t.placed(moment(order.created_at))}</p>
			</header>
			<dl className={styles['facts']}>
				<dt>{t.customer}</dt>
				<dd>{[order.user_name, order.phone].filter(Boolean).join(', ')}</dd>
				<dt>{t[delivery.method]}</dt>
				<dd>{delivery.method === 'courier' ? delivery.address.full_address : delivery.pickup_point_id}</dd>
				{delivery.tracking_number !== null && (
					<>
						<dt>{t.trackingNumber}</dt>
						<dd>{[delivery.carrier, delivery.tracking_number].filter(Boolean).join(', ')}</dd>
					</>
				)}
			</dl>
			<table className={styles['lines']}>
				<thead>
					<tr>
						<th scope="col">{t.product}</th>
						<th scope="col">{t.quantity}</th>
						<th scope="col">{t.sum}</th>
					</tr>
				</thead>
				<tbody>
					{items.map((item) => (
						<tr key={item.product_id}>
							<th scope="row">
								<Product name={item.name} />
							</th>
							<td className={styles['quantity']}>{number(item.quantity)}</td>
							<td>{money(item.sum, currency)}</td>
						</tr>
					))}
				</tbody>
			</table>
			<footer className={styles['foot']}>
				<p>
					{t.positions(items.length)}, {t.total.toLowerCase()} <strong>{money(order.total, currency)}</strong>
				</p>
				<p className={styles['sign']}>{t.collected}</p>
				<p className={styles['sign']}>{t.checked}</p>
			</footer>
		</article>
	)
}

const Product = ({ name }: { name: string }) => (
	<span className={styles['product']}>
		<span className={styles['box']} />
		<span className={styles['name']}>{name}</span>
	</span>
)
