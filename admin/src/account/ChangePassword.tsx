import { useState } from 'react'
import { useFieldErrors } from '../api/problems.ts'
import { useTexts } from '../i18n/texts.ts'
import { useMe } from '../session/me.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { Card } from '../ui/Page.tsx'
import { Problem } from '../ui/Problem.tsx'
import { useToasts } from '../ui/toasts.ts'
import { useChangePassword } from './account.ts'
import styles from './account.module.css'
import { accountTexts } from './texts.ts'

const EMPTY = { current_password: '', password: '', totp: '' }
const PASSWORD_MIN = 12

export function ChangePassword() {
	const t = useTexts(accountTexts)
	const { email } = useMe()
	const fieldErrors = useFieldErrors()
	const { done } = useToasts()
	const [typed, setTyped] = useState(EMPTY)
	const change = useChangePassword()
	const errors = fieldErrors(change.error)
	const onSuccess = () => {
		done(t.changed)
		setTyped(EMPTY)
	}
	const field = (name: keyof typeof EMPTY) => ({
		value: typed[name],
		error: errors[name],
		required: true,
		onChange: ({ target }: { target: { value: string } }) => setTyped({ ...typed, [name]: target.value }),
	})
	return (
		<Card title={t.password}>
			<p className={styles['quiet']}>{t.passwordLead}</p>
			<form
				className={styles['form']}
				onSubmit={(event) => {
					event.preventDefault()
					if (!change.isPending) change.mutate(typed, { onSuccess })
				}}
			>
				{/* For the browser's own store of passwords. */}
				<input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
				<TextField {...field('current_password')} label={t.currentPassword} type="password" autoComplete="current-password" />
				<TextField
					{...field('password')}
					label={t.newPassword}
					hint={t.newPasswordHint}
					type="password"
					autoComplete="new-password"
					minLength={PASSWORD_MIN}
				/>
				<TextField {...field('totp')} label={t.totp} hint={t.totpHint} autoComplete="one-time-code" />
				{Object.keys(errors).length === 0 && <Problem error={change.error} />}
				<Button type="submit" kind="primary" busy={change.isPending}>
					{t.change}
				</Button>
			</form>
		</Card>
	)
}
