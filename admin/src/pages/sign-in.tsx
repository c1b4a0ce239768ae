import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answerOf, api } from '../api/client.ts'
import { useTexts } from '../i18n/texts.ts'
import { meQuery } from '../session/me.ts'
import { SignedOut } from '../session/SignedOut.tsx'
import styles from '../session/SignedOut.module.css'
import { sessionTexts } from '../session/texts.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { Problem } from '../ui/Problem.tsx'

type Search = {
	/** Where to go back to: an address of the panel. */
	readonly to?: string
}

/** Only an address of the panel itself: a link must not lead to another site through here. */
const isOwn = (to: unknown): to is string => typeof to === 'string' && /^\/(?![/\\])/.test(to)

export const Route = createFileRoute('/sign-in')({
	validateSearch: ({ to }): Search => (isOwn(to) ? { to } : {}),
	component: SignIn,
})

function SignIn() {
	const t = useTexts(sessionTexts)
	const { to } = Route.useSearch()
	const navigate = useNavigate()
	const queryClient = useQueryClient()
	const [given, setGiven] = useState({ email: '', password: '', totp: '' })
	const signIn = useMutation({
		mutationFn: () => answerOf(api.POST('/v1/admin/sessions', { body: given })),
		onSuccess: async ({ staff }) => {
			queryClient.clear()
			queryClient.setQueryData(meQuery.queryKey, staff)
			await navigate({ href: to ?? '/' })
		},
	})
	const submit = (event: FormEvent) => {
		event.preventDefault()
		if (!signIn.isPending) signIn.mutate()
	}
	const field = (name: keyof typeof given) => ({
		name,
		value: given[name],
		required: true,
		onChange: ({ target }: { target: HTMLInputElement }) => setGiven((before) => ({ ...before, [name]: target.value })),
	})
	return (
		<SignedOut title={t.signIn} lead={to === undefined ? undefined : t.forward}>
			<form className={styles['form']} onSubmit={submit}>
				<TextField label={t.email} type="email" autoComplete="username" autoFocus {...field('email')} />
				<TextField label={t.password} type="password" autoComplete="current-password" {...field('password')} />
				<TextField label={t.totp} hint={t.totpHint} autoComplete="one-time-code" {...field('totp')} />
				<Problem error={signIn.error} />
				<Button type="submit" kind="primary" busy={signIn.isPending}>
					{t.enter}
				</Button>
			</form>
		</SignedOut>
	)
}
