import { useRef, useState } from 'react'
import { useErrorText, useFieldErrors } from '../../api/problems.ts'
import { useFormats } from '../../i18n/formats.ts'
import { useTexts } from '../../i18n/texts.ts'
import { useMe, useRoleReason } from '../../session/me.ts'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { CloseIcon } from '../../ui/icons.tsx'
import { Card } from '../../ui/Page.tsx'
import { uiTexts } from '../../ui/texts.ts'
import { useToasts } from '../../ui/toasts.ts'
import { useDraft } from './draft.ts'
import { Fresh } from './Fresh.tsx'
import type { News } from './news.ts'
import styles from './Notes.module.css'
import { type Note, type StaffOrder, useAddNote, useRemoveNote } from './order.ts'
import { orderTexts } from './texts.ts'
import { useWho } from './who.ts'

const NOTE_MAX = 2_000

/** What colleagues tell each other about the order; the customer never sees it. */
export function Notes({ order, news }: { order: StaffOrder; news: News }) {
	const t = useTexts(orderTexts)
	const { moment } = useFormats()
	const who = useWho()
	const me = useMe().id
	const [removed, setRemoved] = useState<Note>()
	return (
		<Card title={t.notes}>
			{order.notes.length === 0 ? (
				<p className={styles['none']}>{t.noNotes}</p>
			) : (
				<ol className={styles['notes']} aria-label={t.notes}>
					{order.notes.map((note) => (
						<li key={note.id} className={styles[news.note(note) ? 'fresh' : 'known']}>
							<div className={styles['head']}>
								<p>
									{who({ type: 'staff', ...note.author })} <time dateTime={note.at}>{moment(note.at)}</time>
								</p>
								{news.note(note) && <Fresh />}
								{note.author.id === me && (
									<IconButton label={t.removeNote(moment(note.at))} icon={<CloseIcon />} onClick={() => setRemoved(note)} />
								)}
							</div>
							<p className={styles['text']}>{note.text}</p>
						</li>
					))}
				</ol>
			)}
			<NewNote order={order} />
			{removed && <RemoveNote orderId={order.id} note={removed} onClose={() => setRemoved(undefined)} />}
		</Card>
	)
}

function NewNote({ order }: { order: StaffOrder }) {
	const t = useTexts(orderTexts)
	const errorText = useErrorText()
	const fieldErrors = useFieldErrors()
	const roleReason = useRoleReason()('operator')
	const add = useAddNote(order.id)
	const { done } = useToasts()
	const [text, setText] = useDraft(`${order.id}.note`)
	const area = useRef<HTMLTextAreaElement>(null)
	useShortcuts([{ keys: 'n', label: t.keyNote, run: () => area.current?.focus() }])
	const reason = roleReason ?? (text.trim() === '' ? t.noteEmpty : undefined)
	const send = () => {
		if (reason !== undefined || add.isPending) return
		add.mutate(text, {
			onSuccess: () => {
				setText('')
				done(t.noteAdded)
			},
		})
	}
	return (
		<form
			className={styles['form']}
			onSubmit={(event) => {
				event.preventDefault()
				send()
			}}
		>
			<TextArea
				ref={area}
				label={t.note}
				hint={t.noteHint}
				error={add.error === null ? undefined : (fieldErrors(add.error)['text'] ?? errorText(add.error))}
				maxLength={NOTE_MAX}
				readOnly={roleReason !== undefined}
				value={text}
				onChange={({ target }) => setText(target.value)}
				onKeyDown={(event) => {
					if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
				}}
			/>
			<div>
				<Button type="submit" busy={add.isPending} disabledReason={reason}>
					{t.add}
				</Button>
			</div>
		</form>
	)
}

function RemoveNote({ orderId, note, onClose }: { orderId: string; note: Note; onClose: () => void }) {
	const t = useTexts(orderTexts)
	const ui = useTexts(uiTexts)
	const { done, failed } = useToasts()
	const remove = useRemoveNote(orderId)
	const confirm = () =>
		remove.mutate(note.id, {
			onSuccess: () => {
				done(t.noteRemoved)
				onClose()
			},
			onError: failed,
		})
	return (
		<Dialog
			open
			onClose={onClose}
			title={t.removeTitle}
			lead={<p className={styles['text']}>{note.text}</p>}
			actions={
				<>
					<Button onClick={onClose}>{ui.cancel}</Button>
					<Button kind="danger" busy={remove.isPending} onClick={confirm}>
						{t.remove}
					</Button>
				</>
			}
		/>
	)
}
