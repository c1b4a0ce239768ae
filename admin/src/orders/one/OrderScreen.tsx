import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isCode } from '../../api/problems.ts'
import { useFormats } from '../../i18n/formats.ts'
import { useLocale } from '../../i18n/locale.ts'
import { useTexts } from '../../i18n/texts.ts'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { shellTexts } from '../../shell/texts.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { BackIcon, PrintIcon } from '../../ui/icons.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { lastList } from '../last-list.ts'
import { Columns, Page, Stack } from '../../ui/Page.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/States.tsx'
import { uiTexts } from '../../ui/texts.ts'
import { ChangeStatus } from './ChangeStatus.tsx'
import { Customer } from './Customer.tsx'
import { DeliveryCard } from './DeliveryCard.tsx'
import { History } from './History.tsx'
import { Lines } from './Lines.tsx'
import { useNews } from './news.ts'
import { Notes } from './Notes.tsx'
import { type OrderStatus, orderQuery, type StaffOrder, useLiveOrder } from './order.ts'
import styles from './OrderScreen.module.css'
import { PickList } from './PickList.tsx'
import { StatusBadge } from './StatusBadge.tsx'
import { StatusSteps } from './StatusSteps.tsx'
import { Steady } from './Steady.tsx'
import { orderTexts } from './texts.ts'

/** One order: what it holds, for whom, where it is, what was done with it, and what may be done now. */
export function OrderScreen({ id }: { id: string }) {
	const shell = useTexts(shellTexts)
	const ui = useTexts(uiTexts)
	const { data: order, error, refetch } = useQuery(orderQuery(id, useLocale()))
	useLiveOrder(id)
	if (order !== undefined) return <Order key={order.id} order={order} />
	return (
		<Page title={shell.orders}>
			{error === null ? (
				<Loading lines={12} />
			) : isCode(error, 'validation_failed') ? (
				// What stands in the address is no order's id.
				<EmptyState title={ui.notFound}>{ui.notFoundText}</EmptyState>
			) : (
				<ErrorState error={error} onRetry={() => void refetch()} />
			)}
		</Page>
	)
}

function Order({ order }: { order: StaffOrder }) {
	const t = useTexts(orderTexts)
	const { moment } = useFormats()
	const [wish, setWish] = useState<OrderStatus>()
	const news = useNews(order, wish !== undefined)
	useShortcuts([{ keys: 'p', label: t.keyPrint, run: () => window.print() }])
	return (
		<>
			<div className={styles['screen']}>
				<Page
					title={t.order(order.number)}
					lead={
						<p className={styles['lead']}>
							<StatusBadge status={order.status}>{order.status_label}</StatusBadge>
							<time dateTime={order.created_at}>{t.placed(moment(order.created_at))}</time>
						</p>
					}
					actions={
						<>
							<LinkButton to="/orders" search={lastList()} kind="quiet">
								<BackIcon />
								{t.back}
							</LinkButton>
							<CopyButton text={location.href}>{t.copyLink}</CopyButton>
							<Button icon={<PrintIcon />} aria-keyshortcuts="p" onClick={() => window.print()}>
								{t.print}
							</Button>
						</>
					}
				>
					<Steady>
						<StatusSteps order={order} onWish={setWish} />
						<Columns wide="first">
							<Stack>
								<Lines order={order} />
								<DeliveryCard order={order} news={news} />
							</Stack>
							<Stack>
								<Customer order={order} />
								<Notes order={order} news={news} />
								<History order={order} news={news} />
							</Stack>
						</Columns>
					</Steady>
				</Page>
			</div>
			<PickList order={order} />
			{wish && <ChangeStatus order={order} status={wish} onClose={() => setWish(undefined)} />}
		</>
	)
}
