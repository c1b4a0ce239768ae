import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { isCode } from '../api/problems.ts'
import { useTexts } from '../i18n/texts.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { Problem } from '../ui/Problem.tsx'
import { uiTexts } from '../ui/texts.ts'
import { useToasts } from '../ui/toasts.ts'
import { userTexts } from './texts.ts'
import { type User, useErase } from './users.ts'
import styles from './users.module.css'

const REASON_MAX = 500
/** As many digits of the end make a phone of one country what it is, however its beginning is written. */
const TELLING_DIGITS = 9

const endOf = (phone: string): string => phone.replaceAll(/\D/g, '').slice(-TELLING_DIGITS)

/** Erases a user when their phone was typed, and the service has compared it as well. */
export function EraseUser({ user, onClose }: { user: User; onClose: () => void }) {
	const t = useTexts(userTexts)
	const ui = useTexts(uiTexts)
	const { done } = useToasts()
	const form = useId()
	const [confirm, setConfirm] = useState('')
	const [reason, setReason] = useState('')
	const erase = useErase(user.id)
	const missing = endOf(confirm) !== endOf(user.phone) ? t.eraseTypePhone : reason.trim() === '' ? t.needReason : undefined
	const onSuccess = () => {
		done(t.eraseDone)
		onClose()
	}
	const actions = (
		<>
			<Button onClick={onClose}>{ui.cancel}</Button>
			<Button kind="danger" type="submit" form={form} busy={erase.isPending} disabledReason={missing}>
				{t.erase}
			</Button>
		</>
	)
	return (
		<Dialog open onClose={onClose} title={t.eraseTitle} lead={t.eraseLead} actions={actions}>
			<form
				id={form}
				className={styles['form']}
				onSubmit={(event) => {
					event.preventDefault()
					if (missing === undefined && !erase.isPending) erase.mutate({ confirm, reason: reason.trim() }, { onSuccess })
				}}
			>
				<TextField
					type="tel"
					label={t.eraseConfirm(user.phone)}
					required
					autoFocus
					autoComplete="off"
					maxLength={40}
					value={confirm}
					onChange={({ target }) => setConfirm(target.value)}
				/>
				<TextField
					label={t.eraseReason}
					hint={t.eraseReasonHint}
					required
					autoComplete="off"
					maxLength={REASON_MAX}
					value={reason}
					onChange={({ target }) => setReason(target.value)}
				/>
			</form>
			{erase.error && <Refused error={erase.error} />}
		</Dialog>
	)
}

type UnderWay = { readonly id: string; readonly number: number }
const isUnderWay = (value: unknown): value is UnderWay =>
	typeof value === 'object' && value !== null && 'id' in value && 'number' in value

/** Why it was not done; orders that are in the way lead to where they are finished. */
function Refused({ error }: { error: Error }) {
	const t = useTexts(userTexts)
	const told = isCode(error, 'orders_under_way') ? error.problem['orders'] : undefined
	const orders = Array.isArray(told) ? told.filter(isUnderWay) : []
	if (orders.length === 0) return <Problem error={error} />
	return (
		<Problem error={error}>
			{t.eraseOrders}{' '}
			{orders.map(({ id, number }) => (
				<Link key={id} to="/orders/$id" params={{ id }}>
					№ {number}{' '}
				</Link>
			))}
		</Problem>
	)
}
