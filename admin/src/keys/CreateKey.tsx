import { useId, useState } from 'react'
import { useFieldErrors } from '../api/problems.ts'
import { useTexts } from '../i18n/texts.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Checkbox, Select, TextField } from '../ui/Field.tsx'
import { Problem } from '../ui/Problem.tsx'
import { SecretBox } from '../ui/SecretBox.tsx'
import { uiTexts } from '../ui/texts.ts'
import { type Scope, SCOPES, TERMS, useCreate } from './keys.ts'
import styles from './keys.module.css'
import { keyTexts } from './texts.ts'

/** Asks for whom the key is and what for, and shows it this once. */
export function CreateKey({ onClose }: { onClose: () => void }) {
	const t = useTexts(keyTexts)
	const ui = useTexts(uiTexts)
	const form = useId()
	const fieldErrors = useFieldErrors()
	const [name, setName] = useState('')
	const [scopes, setScopes] = useState<readonly Scope[]>([])
	const [term, setTerm] = useState<(typeof TERMS)[number]>('365')
	const create = useCreate()
	const errors = fieldErrors(create.error)
	if (create.data) return <KeyMade name={create.data.name} secret={create.data.key} onClose={onClose} />
	const missing = scopes.length === 0 ? t.needScope : undefined
	const toggle = (scope: Scope, on: boolean) => setScopes(SCOPES.filter((one) => (one === scope ? on : scopes.includes(one))))
	const actions = (
		<>
			<Button onClick={onClose}>{ui.cancel}</Button>
			<Button kind="primary" type="submit" form={form} busy={create.isPending} disabledReason={missing}>
				{t.make}
			</Button>
		</>
	)
	return (
		<Dialog open onClose={onClose} title={t.create} lead={t.createLead} actions={actions}>
			<form
				id={form}
				className={styles['form']}
				onSubmit={(event) => {
					event.preventDefault()
					if (missing !== undefined || create.isPending) return
					create.mutate({ name: name.trim(), scopes: [...scopes], expires_in_days: Number(term) })
				}}
			>
				<TextField
					label={t.name}
					hint={t.nameHint}
					error={errors['name']}
					autoComplete="off"
					spellCheck={false}
					maxLength={63}
					required
					autoFocus
					value={name}
					onChange={({ target }) => setName(target.value)}
				/>
				<fieldset className={styles['scopes']}>
					<legend>{t.scopes}</legend>
					{SCOPES.map((scope) => (
						<Checkbox
							key={scope}
							label={t[scope]}
							checked={scopes.includes(scope)}
							onChange={({ target }) => toggle(scope, target.checked)}
						/>
					))}
				</fieldset>
				<Select
					label={t.term}
					value={term}
					choices={TERMS.map((days) => ({ value: days, label: t.days(Number(days)) }))}
					onChoose={setTerm}
				/>
			</form>
			{Object.keys(errors).length === 0 && <Problem error={create.error} />}
		</Dialog>
	)
}

function KeyMade({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
	const t = useTexts(keyTexts)
	const ready = <Button onClick={onClose}>{t.ready}</Button>
	return (
		<Dialog open onClose={onClose} title={t.made} lead={t.madeLead(name)} actions={ready}>
			<SecretBox label={t.key} secret={secret} />
		</Dialog>
	)
}
