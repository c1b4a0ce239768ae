import { useId, useState } from 'react'
import { ApiError } from '../../api/problems.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { uiTexts } from '../../ui/texts.ts'
import { useToasts } from '../../ui/toasts.ts'
import { Conflict } from './Conflict.tsx'
import { useDraft } from './draft.ts'
import { isOrder, labelOf, type OrderStatus, type StaffOrder, useChangeStatus } from './order.ts'
import { orderTexts } from './texts.ts'

const REASON_MAX = 1_000

type Given = { readonly order: StaffOrder; readonly status: OrderStatus; readonly onClose: () => void }

/**
 * Asks for a reason and changes the status, from the version that stood there when it was opened: what a colleague has done since is
 * shown before anything is written over it, and the reason stays.
 */
export function ChangeStatus(given: Given) {
	const { order, status, onClose } = given
	const t = useTexts(orderTexts)
	const ui = useTexts(uiTexts)
	const form = useId()
	const { seen, current, reason, setReason, send, busy, label, refused } = useAttempt(given)
	const cancels = status === 'cancelled'
	return (
		<Dialog
			open
			onClose={onClose}
			title={current ? t.conflict : cancels ? t.cancelOrder : t.changeTo(label)}
			lead={current ? t.conflictLead : `${t.from(labelOf(order, seen.status))} ${cancels ? t.cancelTold : t.told}`}
			size={current ? 'wide' : 'normal'}
			actions={
				<>
					<Button onClick={onClose}>{ui.cancel}</Button>
					<Button kind={cancels ? 'danger' : 'primary'} type="submit" form={form} busy={busy} disabledReason={refused}>
						{current ? `${t.changeStill}: ${label}` : cancels ? t.cancelOrder : t.change}
					</Button>
				</>
			}
		>
			{current && <Conflict seen={seen} current={current} />}
			<form
				id={form}
				onSubmit={(event) => {
					event.preventDefault()
					send()
				}}
			>
				<TextArea
					label={t.reason}
					hint={t.reasonHint}
					maxLength={REASON_MAX}
					autoFocus
					value={reason}
					onChange={({ target }) => setReason(target.value)}
				/>
			</form>
		</Dialog>
	)
}

/** The change as it is tried: from the order as it was `seen`, and from `current` where that is found to be another one by now. */
function useAttempt({ order, status, onClose }: Given) {
	const t = useTexts(orderTexts)
	const { done, failed } = useToasts()
	const change = useChangeStatus(order.id)
	const [seen, setSeen] = useState(order)
	const [current, setCurrent] = useState<StaffOrder>()
	const [reason, setReason] = useDraft(`${order.id}.reason`)
	const label = labelOf(order, status)
	const code = current?.can.statuses.find((one) => one.status === status)?.code ?? null
	const refused = code === null ? undefined : code === 'status_current' ? t.reached : t[code]
	const onSuccess = () => {
		setReason('')
		done(t.changed(label))
		onClose()
	}
	const send = () => {
		if (refused !== undefined || change.isPending) return
		const from = current ?? seen
		const onError = (error: unknown) => {
			const found = error instanceof ApiError ? error.problem['current'] : undefined
			if (!isOrder(found)) return failed(error)
			setSeen(from)
			setCurrent(found)
		}
		change.mutate({ status, reason, version: from.version }, { onSuccess, onError })
	}
	return { seen, current, reason, setReason, send, busy: change.isPending, label, refused }
}
