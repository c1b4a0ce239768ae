import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId, useState } from 'react'
import { useFieldErrors } from '../../api/problems.ts'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useToasts } from '../../ui/toasts.ts'
import { uiTexts } from '../../ui/texts.ts'
import type { ColumnId } from './column-ids.ts'
import type { OrderFilters } from './search.ts'
import { listTexts } from './texts.ts'
import { findByName, type SavedView, searchOf, useViewChanges } from './views.ts'

const NAME_MAX = 60

/** Keeps what is shown under a name; under one that there is already, in its place. */
export function SaveView({
	views,
	filters,
	columns,
	onClose,
}: {
	views: readonly SavedView[]
	filters: OrderFilters
	columns: readonly ColumnId[]
	onClose: () => void
}) {
	const t = useTexts(listTexts)
	const ui = useTexts(uiTexts)
	const form = useId()
	const navigate = useNavigate()
	const { done, failed } = useToasts()
	const fieldErrors = useFieldErrors()
	const { save, change } = useViewChanges()
	const [name, setName] = useState('')
	const replaced = findByName(views, name)
	const keep = async (event: FormEvent) => {
		event.preventDefault()
		const view = { name: name.trim(), query: filters, columns: [...columns] }
		if (view.name === '') return
		try {
			const saved = await (replaced === undefined ? save.mutateAsync(view) : change.mutateAsync({ id: replaced.id, ...view }))
			await navigate({ to: '/orders', search: searchOf(saved), replace: true, resetScroll: false })
		} catch (error) {
			return failed(error)
		}
		done(t.viewSaved(view.name))
		onClose()
	}
	return (
		<Dialog
			open
			onClose={onClose}
			title={t.saveView}
			lead={t.saveViewLead}
			actions={
				<>
					<Button onClick={onClose}>{ui.cancel}</Button>
					<Button kind="primary" type="submit" form={form} busy={save.isPending || change.isPending}>
						{replaced === undefined ? t.save : t.replace}
					</Button>
				</>
			}
		>
			<form id={form} onSubmit={(event) => void keep(event)}>
				<TextField
					label={t.viewName}
					autoFocus
					required
					maxLength={NAME_MAX}
					autoComplete="off"
					value={name}
					error={fieldErrors(save.error ?? change.error)['name']}
					hint={replaced && t.replaces}
					onChange={({ target }) => setName(target.value)}
				/>
			</form>
		</Dialog>
	)
}
