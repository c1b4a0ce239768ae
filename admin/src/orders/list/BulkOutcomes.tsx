import { Link } from '@tanstack/react-router'
import { useTexts } from '../../i18n/texts.ts'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import type { Outcome } from './bulk-status.ts'
import type { ListedOrder } from './orders.ts'
import { StatusBadge } from '../one/StatusBadge.tsx'
import { type ListTexts, listTexts } from './texts.ts'

const TONES: Readonly<Record<Outcome['outcome'], Tone>> = {
	changed: 'accent',
	unchanged: 'neutral',
	refused: 'warning',
	not_found: 'danger',
	failed: 'danger',
}

/** What became of each of many orders; those that were not changed first. */
export function BulkOutcomes({
	orders,
	outcomes,
	onKeepOnly,
	onClose,
}: {
	orders: readonly ListedOrder[]
	outcomes: readonly Outcome[]
	onKeepOnly: (ids: readonly string[]) => void
	onClose: () => void
}) {
	const t = useTexts(listTexts)
	const numbers = new Map(orders.map(({ id, number }) => [id, number]))
	const changed = outcomes.filter(({ outcome }) => outcome === 'changed')
	const others = outcomes.filter(({ outcome }) => outcome !== 'changed')
	return (
		<Dialog
			open
			onClose={onClose}
			title={t.outcomes}
			lead={<p role="status">{t.outcomesOf(changed.length, outcomes.length)}</p>}
			actions={
				<>
					{others.length > 0 && changed.length > 0 && (
						<Button
							onClick={() => {
								onKeepOnly(others.map(({ id }) => id))
								onClose()
							}}
						>
							{t.selectRefused}
						</Button>
					)}
					<Button kind="primary" onClick={onClose}>
						{t.doneButton}
					</Button>
				</>
			}
		>
			<DataTable caption={t.outcomes} columns={columnsOf(t, numbers)} rows={[...others, ...changed]} rowKey={({ id }) => id} />
		</Dialog>
	)
}

function columnsOf(t: ListTexts, numbers: ReadonlyMap<string, number>): readonly Column<Outcome>[] {
	return [
		{
			id: 'number',
			head: t.number,
			rowHead: true,
			cell: ({ id }) => (
				<Link to="/orders/$id" params={{ id }}>
					{numbers.get(id) ?? id}
				</Link>
			),
		},
		{ id: 'outcome', head: t.outcome, cell: ({ outcome }) => <Badge tone={TONES[outcome]}>{t[outcome]}</Badge> },
		{
			id: 'status',
			head: t.status,
			cell: ({ order }) => order && <StatusBadge status={order.status}>{order.status_label}</StatusBadge>,
		},
	]
}
