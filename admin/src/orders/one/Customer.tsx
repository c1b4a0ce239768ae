import { Link } from '@tanstack/react-router'
import { useTexts } from '../../i18n/texts.ts'
import { Card, Facts } from '../../ui/Page.tsx'
import type { StaffOrder } from './order.ts'
import { orderTexts } from './texts.ts'

/** For whom it is; the phone is the one that was given with this order. */
export function Customer({ order: { user_id, user_name, phone } }: { order: StaffOrder }) {
	const t = useTexts(orderTexts)
	return (
		<Card title={t.customer}>
			<Facts
				facts={[
					[
						t.name,
						<Link key="name" to="/users/$id" params={{ id: String(user_id) }}>
							{user_name === '' ? t.erased : user_name}
						</Link>,
					],
					phone.startsWith('+') && [
						t.phone,
						<a key="phone" href={`tel:${phone}`}>
							{phone}
						</a>,
					],
				]}
			/>
		</Card>
	)
}
