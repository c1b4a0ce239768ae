import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import type { ColumnId } from './column-ids.ts'
import type { OrderColumn } from './columns.tsx'
import styles from './Filters.module.css'
import { listTexts } from './texts.ts'

export type ColumnsDialogProps = {
	readonly columns: readonly OrderColumn[]
	readonly chosen: readonly ColumnId[]
	readonly onChoose: (ids: readonly ColumnId[]) => void
	readonly onClose: () => void
}

/** Which columns are shown. The number, which is the way to the order, always is. */
export function ColumnsDialog({ columns, chosen, onChoose, onClose }: ColumnsDialogProps) {
	const t = useTexts(listTexts)
	const toggle = (id: ColumnId) =>
		onChoose(columns.map((column) => column.id).filter((one) => (one === id) !== chosen.includes(one)))
	return (
		<Dialog
			open
			onClose={onClose}
			title={t.columns}
			actions={
				<Button kind="primary" onClick={onClose}>
					{t.doneButton}
				</Button>
			}
		>
			<fieldset className={styles['columns']}>
				<legend className={styles['legend']}>{t.chooseColumns}</legend>
				{columns
					.filter(({ id }) => id !== 'number')
					.map(({ id, head }) => (
						<Checkbox key={id} label={head} checked={chosen.includes(id)} onChange={() => toggle(id)} />
					))}
			</fieldset>
		</Dialog>
	)
}
