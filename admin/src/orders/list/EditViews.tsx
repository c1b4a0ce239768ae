import { useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { useToasts } from '../../ui/toasts.ts'
import { listTexts } from './texts.ts'
import styles from './Views.module.css'
import { type SavedView, useViewChanges } from './views.ts'

const NAME_MAX = 60

/** Renames and deletes views. */
export function EditViews({ views, onClose }: { views: readonly SavedView[]; onClose: () => void }) {
	const t = useTexts(listTexts)
	return (
		<Dialog open onClose={onClose} title={t.editViews}>
			{views.length === 0 && <p>{t.noViews}</p>}
			<ul className={styles['edited']}>
				{views.map((view) => (
					<li key={view.id}>
						<EditedView view={view} />
					</li>
				))}
			</ul>
		</Dialog>
	)
}

function EditedView({ view }: { view: SavedView }) {
	const t = useTexts(listTexts)
	const { done, failed } = useToasts()
	const { change, remove } = useViewChanges()
	const [name, setName] = useState(view.name)
	const { id, query, columns } = view
	const rename = () =>
		change.mutate({ id, query, columns, name: name.trim() }, { onSuccess: () => done(t.viewSaved(name.trim())), onError: failed })
	return (
		<>
			<TextField
				label={t.renameView(view.name)}
				hideLabel
				maxLength={NAME_MAX}
				value={name}
				onChange={({ target }) => setName(target.value)}
				onKeyDown={({ key }) => {
					if (key === 'Enter' && name.trim() !== '') rename()
				}}
			/>
			<Button
				busy={change.isPending}
				disabledReason={name.trim() === '' || name.trim() === view.name ? t.nameSame : undefined}
				onClick={rename}
			>
				{t.rename}
			</Button>
			<Button
				kind="danger"
				busy={remove.isPending}
				aria-label={t.removeView(view.name)}
				onClick={() => remove.mutate(id, { onSuccess: () => done(t.viewRemoved(view.name)), onError: failed })}
			>
				{t.remove}
			</Button>
		</>
	)
}
