import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answerOf, api } from '../api/client.ts'
import { useFieldErrors } from '../api/problems.ts'
import { useTexts } from '../i18n/texts.ts'
import { meQuery } from '../session/me.ts'
import { QrCode } from '../session/QrCode.tsx'
import { SignedOut } from '../session/SignedOut.tsx'
import styles from '../session/SignedOut.module.css'
import { sessionTexts } from '../session/texts.ts'
import { Button } from '../ui/Button.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { TextField } from '../ui/Field.tsx'
import { PrintIcon } from '../ui/icons.tsx'
import { Problem } from '../ui/Problem.tsx'
import { ErrorState, Loading } from '../ui/States.tsx'

export const Route = createFileRoute('/invitation')({ component: Invitation })

/** The token stands behind `#`, which no server and no log gets to see. */
const tokenOf = () => new URLSearchParams(location.hash.slice(1)).get('token')

function Invitation() {
	const t = useTexts(sessionTexts)
	const [token] = useState(tokenOf)
	const [codes, setCodes] = useState<readonly string[]>()
	const opened = useQuery({
		queryKey: ['invitation', token],
		queryFn: () => answerOf(api.POST('/v1/admin/invitations/open', { body: { token: token ?? '' } })),
		enabled: token !== null && codes === undefined,
		staleTime: Number.POSITIVE_INFINITY,
	})
	if (codes) return <RecoveryCodes codes={codes} />
	if (token === null) return <SignedOut title={t.join}>{t.noToken}</SignedOut>
	if (opened.isError) {
		return (
			<SignedOut title={t.join}>
				<ErrorState error={opened.error} onRetry={() => void opened.refetch()} />
			</SignedOut>
		)
	}
	if (!opened.data) {
		return (
			<SignedOut title={t.join}>
				<Loading />
			</SignedOut>
		)
	}
	const { email, role, totp_uri: uri, purpose } = opened.data
	const renews = purpose === 'renew'
	return (
		<SignedOut title={renews ? t.renew : t.join} lead={renews ? t.renewLead(email) : t.joinLead(email, t[role])}>
			<AcceptForm token={token} uri={uri} email={email} verb={renews ? t.renewAccept : t.accept} onAccepted={setCodes} />
		</SignedOut>
	)
}

type AcceptProps = { token: string; uri: string; email: string; verb: string; onAccepted: (codes: readonly string[]) => void }

function AcceptForm({ token, uri, email, verb, onAccepted }: AcceptProps) {
	const t = useTexts(sessionTexts)
	const queryClient = useQueryClient()
	const fieldErrors = useFieldErrors()
	const [password, setPassword] = useState('')
	const [totp, setTotp] = useState('')
	const accept = useMutation({
		mutationFn: () => answerOf(api.POST('/v1/admin/invitations/accept', { body: { token, password, totp } })),
		onSuccess: ({ staff, recovery_codes: codes }) => {
			queryClient.setQueryData(meQuery.queryKey, staff)
			onAccepted(codes)
		},
	})
	const errors = fieldErrors(accept.error)
	const submit = (event: FormEvent) => {
		event.preventDefault()
		if (!accept.isPending) accept.mutate()
	}
	const secret = new URL(uri).searchParams.get('secret') ?? ''
	return (
		<form className={styles['form']} onSubmit={submit}>
			{/* For the browser's own store of passwords. */}
			<input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
			<TextField
				label={t.choosePassword}
				hint={t.passwordHint}
				error={errors['password']}
				type="password"
				name="password"
				autoComplete="new-password"
				required
				value={password}
				onChange={({ target }) => setPassword(target.value)}
			/>
			<fieldset className={styles['form']}>
				<legend>{t.scan}</legend>
				<div className={styles['qr']}>
					<QrCode text={uri} label={t.qr} />
					<div className={styles['secret']}>
						<p>{t.scanHint}</p>
						<p>
							{t.key}: <code>{secret}</code>
						</p>
						<CopyButton size="small" text={secret} />
					</div>
				</div>
			</fieldset>
			<TextField
				label={t.totp}
				error={errors['totp']}
				name="totp"
				inputMode="numeric"
				autoComplete="one-time-code"
				required
				value={totp}
				onChange={({ target }) => setTotp(target.value)}
			/>
			{Object.keys(errors).length === 0 && <Problem error={accept.error} />}
			<Button type="submit" kind="primary" busy={accept.isPending}>
				{verb}
			</Button>
		</form>
	)
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
	const t = useTexts(sessionTexts)
	const navigate = useNavigate()
	return (
		<SignedOut title={t.codes} lead={t.codesLead}>
			<ul className={styles['codes']}>
				{codes.map((code) => (
					<li key={code}>{code}</li>
				))}
			</ul>
			<div className={styles['actions']}>
				<Button icon={<PrintIcon />} onClick={() => window.print()}>
					{t.print}
				</Button>
				<CopyButton text={codes.join('\n')} />
				<Button kind="primary" onClick={() => void navigate({ to: '/' })}>
					{t.start}
				</Button>
			</div>
		</SignedOut>
	)
}
