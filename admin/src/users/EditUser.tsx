import { useId, useState } from 'react'
import { ApiError, useFieldErrors } from '../api/problems.ts'
import { useTexts } from '../i18n/texts.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Select, TextField } from '../ui/Field.tsx'
import { Problem } from '../ui/Problem.tsx'
import { uiTexts } from '../ui/texts.ts'
import { useToasts } from '../ui/toasts.ts'
import { EditConflict } from './EditConflict.tsx'
import { userTexts } from './texts.ts'
import { FIELDS, type Fields, isUser, type User, useEdit } from './users.ts'
import styles from './users.module.css'

/**
 * Edits a user from the version that stood there when it was opened. What somebody else has changed since is shown beside what is
 * typed, which stays.
 */
export function EditUser({ user, onClose }: { user: User; onClose: () => void }) {
	const t = useTexts(userTexts)
	const ui = useTexts(uiTexts)
	const fieldErrors = useFieldErrors()
	const form = useId()
	const { seen, current, typed, type, send, busy, error, unchanged } = useAttempt(user, onClose)
	const faults = fieldErrors(error)
	const actions = (
		<>
			<Button onClick={onClose}>{ui.cancel}</Button>
			<Button kind="primary" type="submit" form={form} busy={busy} disabledReason={unchanged ? t.noChange : undefined}>
				{current ? t.saveStill : t.save}
			</Button>
		</>
	)
	return (
		<Dialog
			open
			onClose={onClose}
			title={current ? t.conflict : t.editTitle}
			lead={current && t.conflictLead}
			size={current ? 'wide' : 'normal'}
			actions={actions}
		>
			{current && <EditConflict versions={{ seen, current, typed }} />}
			<form
				id={form}
				className={styles['form']}
				onSubmit={(event) => {
					event.preventDefault()
					send()
				}}
			>
				<Inputs typed={typed} faults={faults} onType={type} />
			</form>
			{Object.keys(faults).length === 0 && <Problem error={error} />}
		</Dialog>
	)
}

/** The edit as it is tried: from the user as `seen`, and from `current` where that is found to be another one by now. */
function useAttempt(user: User, onClose: () => void) {
	const t = useTexts(userTexts)
	const { done } = useToasts()
	const edit = useEdit(user.id)
	const [seen, setSeen] = useState(user)
	const [current, setCurrent] = useState<User>()
	const [typed, setTyped] = useState<Fields>({ name: user.name, phone: user.phone, email: user.email, locale: user.locale })
	const [error, setError] = useState<unknown>(null)
	const from = current ?? seen
	// What was not touched stays as it is by now.
	const changed = FIELDS.filter((field) => typed[field] !== seen[field] && typed[field] !== from[field])
	const send = () => {
		if (changed.length === 0 || edit.isPending) return
		const change: Partial<Fields> = Object.fromEntries(changed.map((field) => [field, typed[field]]))
		const onSuccess = () => {
			done(t.saved)
			onClose()
		}
		const onError = (refused: unknown) => {
			const found = refused instanceof ApiError ? refused.problem['current'] : undefined
			if (!isUser(found)) return setError(refused)
			setError(null)
			setTyped(keepTouched(typed, from, found))
			setSeen(from)
			setCurrent(found)
		}
		edit.mutate({ version: from.version, change }, { onSuccess, onError })
	}
	const type = (change: Partial<Fields>) => setTyped({ ...typed, ...change })
	return { seen, current, typed, type, send, busy: edit.isPending, error, unchanged: changed.length === 0 }
}

/** What was typed stays; a field that was not touched shows what somebody else has put there. */
const keepTouched = (typed: Fields, before: Fields, current: Fields): Fields => ({
	name: typed.name === before.name ? current.name : typed.name,
	phone: typed.phone === before.phone ? current.phone : typed.phone,
	email: typed.email === before.email ? current.email : typed.email,
	locale: typed.locale === before.locale ? current.locale : typed.locale,
})

type InputsProps = {
	typed: Fields
	faults: Readonly<Record<string, string>>
	onType: (change: Partial<Fields>) => void
}

function Inputs({ typed, faults, onType }: InputsProps) {
	const t = useTexts(userTexts)
	return (
		<>
			<TextField
				label={t.name}
				error={faults['name']}
				required
				maxLength={100}
				autoFocus
				value={typed.name}
				onChange={({ target }) => onType({ name: target.value })}
			/>
			<TextField
				type="tel"
				label={t.phone}
				hint={t.phoneHint}
				error={faults['phone']}
				required
				maxLength={40}
				value={typed.phone}
				onChange={({ target }) => onType({ phone: target.value })}
			/>
			<TextField
				type="email"
				label={t.email}
				error={faults['email']}
				required
				maxLength={254}
				value={typed.email}
				onChange={({ target }) => onType({ email: target.value })}
			/>
			<Select
				label={t.language}
				value={typed.locale}
				choices={[
					{ value: 'ru', label: t.ru },
					{ value: 'en', label: t.en },
				]}
				onChoose={(locale) => onType({ locale })}
			/>
		</>
	)
}
