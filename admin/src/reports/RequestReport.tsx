import { useId, useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { Problem } from '../ui/Problem.tsx'
import { uiTexts } from '../ui/texts.ts'
import { useToasts } from '../ui/toasts.ts'
import { useRequest } from './reports.ts'
import styles from './reports.module.css'
import { reportTexts } from './texts.ts'

/** Asks for which days, and has a report made. */
export function RequestReport({ onClose }: { onClose: () => void }) {
	const t = useTexts(reportTexts)
	const ui = useTexts(uiTexts)
	const { done } = useToasts()
	const form = useId()
	const [key] = useState(() => crypto.randomUUID())
	const [from, setFrom] = useState('')
	const [to, setTo] = useState('')
	const request = useRequest(key)
	const wrong = from !== '' && to !== '' && to < from ? t.wrongPeriod : undefined
	const submit = () =>
		request.mutate(
			{ from, to },
			{
				onSuccess({ number }) {
					done(t.requested(number))
					onClose()
				},
			},
		)
	const actions = (
		<>
			<Button onClick={onClose}>{ui.cancel}</Button>
			<Button kind="primary" type="submit" form={form} busy={request.isPending} disabledReason={wrong}>
				{t.send}
			</Button>
		</>
	)
	return (
		<Dialog open onClose={onClose} title={t.request} lead={t.requestLead} actions={actions}>
			<form
				id={form}
				className={styles['form']}
				onSubmit={(event) => {
					event.preventDefault()
					if (wrong === undefined && !request.isPending) submit()
				}}
			>
				<TextField label={t.from} type="date" value={from} onChange={({ target }) => setFrom(target.value)} />
				<TextField label={t.to} error={wrong} type="date" value={to} onChange={({ target }) => setTo(target.value)} />
			</form>
			<Problem error={request.error} />
		</Dialog>
	)
}
