import { useId, useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select, TextField } from '../../ui/Field.tsx'
import { useToasts } from '../../ui/toasts.ts'
import { uiTexts } from '../../ui/texts.ts'
import { type Outcome, useBulkStatus } from './bulk-status.ts'
import styles from './BulkStatus.module.css'
import { BulkOutcomes } from './BulkOutcomes.tsx'
import type { ListedOrder } from './orders.ts'
import { STATUSES, type Status } from './search.ts'
import { listTexts } from './texts.ts'

const REASON_MAX = 1_000

/** Changes the status of many orders at once, and shows what became of each. */
export function BulkStatus({
	orders,
	onChanged,
	onKeepOnly,
	onClose,
}: {
	orders: readonly ListedOrder[]
	/** Told of the orders as they are now. */
	onChanged: (orders: readonly ListedOrder[]) => void
	/** Has only these stay selected. */
	onKeepOnly: (ids: readonly string[]) => void
	onClose: () => void
}) {
	const t = useTexts(listTexts)
	const [outcomes, setOutcomes] = useState<readonly Outcome[]>()
	// What was chosen when it opened: the rows behind it go on changing.
	const [chosen] = useState(orders)
	if (outcomes !== undefined)
		return <BulkOutcomes orders={chosen} outcomes={outcomes} onKeepOnly={onKeepOnly} onClose={onClose} />
	return (
		<Wish
			title={t.changeOf(chosen.length)}
			orders={chosen}
			onDone={(data) => {
				setOutcomes(data)
				onChanged(data.flatMap(({ order }) => (order === null ? [] : [order])))
			}}
			onClose={onClose}
		/>
	)
}

type WishProps = {
	readonly title: string
	readonly orders: readonly ListedOrder[]
	readonly onDone: (outcomes: Outcome[]) => void
	readonly onClose: () => void
}

function Wish({ title, orders, onDone, onClose }: WishProps) {
	const t = useTexts(listTexts)
	const ui = useTexts(uiTexts)
	const form = useId()
	const { failed } = useToasts()
	const bulk = useBulkStatus()
	const may = (to: Status) => orders.filter(({ next_statuses }) => next_statuses.includes(to)).length
	const [status, setStatus] = useState(() => STATUSES.find((to) => may(to) > 0) ?? 'assembling')
	const [reason, setReason] = useState('')
	const will = may(status)
	const change = () => bulk.mutate({ ids: orders.map(({ id }) => id), status, reason }, { onSuccess: onDone, onError: failed })
	return (
		<Dialog
			open
			onClose={onClose}
			title={title}
			actions={
				<>
					<Button onClick={onClose}>{ui.cancel}</Button>
					<Button
						kind="primary"
						type="submit"
						form={form}
						busy={bulk.isPending}
						disabledReason={will === 0 ? t.nobodyWill : undefined}
					>
						{t.doChange}
					</Button>
				</>
			}
		>
			<form
				id={form}
				className={styles['wish']}
				onSubmit={(event) => {
					event.preventDefault()
					change()
				}}
			>
				<Select<Status>
					label={t.newStatus}
					autoFocus
					choices={STATUSES.filter((one) => one !== 'paid').map((value) => ({ value, label: t[value] }))}
					value={status}
					onChoose={setStatus}
				/>
				<p role="status">
					{will > 0 && t.willChange(will)} {will < orders.length && t.willNot(orders.length - will)}
				</p>
				<TextField
					label={t.reason}
					hint={t.reasonHint}
					maxLength={REASON_MAX}
					autoComplete="off"
					value={reason}
					onChange={({ target }) => setReason(target.value)}
				/>
			</form>
		</Dialog>
	)
}
