import { useState } from 'react'
import { type Formats, useFormats } from '../i18n/formats.ts'
import { useTexts, type WordsOf } from '../i18n/texts.ts'
import { Badge, type Tone } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Problem.tsx'
import { uiTexts } from '../ui/texts.ts'
import { useToasts } from '../ui/toasts.ts'
import { type Key, SCOPES, useRevoke } from './keys.ts'
import styles from './keys.module.css'
import { keyTexts } from './texts.ts'

const TONES: Readonly<Record<Key['state'], Tone>> = { live: 'accent', expired: 'neutral', revoked: 'danger' }

export function KeyTable({ keys }: { keys: readonly Key[] }) {
	const t = useTexts(keyTexts)
	const { day, moment } = useFormats()
	return <DataTable caption={t.list} rows={keys} rowKey={({ id }) => id} columns={columnsOf(t, { day, moment })} />
}

function Revoke({ apiKey: { id, name } }: { apiKey: Key }) {
	const t = useTexts(keyTexts)
	const ui = useTexts(uiTexts)
	const { done } = useToasts()
	const [open, setOpen] = useState(false)
	const revoke = useRevoke(id)
	const close = () => setOpen(false)
	const onSuccess = () => {
		done(t.revokeDone)
		close()
	}
	const actions = (
		<>
			<Button onClick={close}>{ui.cancel}</Button>
			<Button kind="danger" busy={revoke.isPending} onClick={() => revoke.mutate(undefined, { onSuccess })}>
				{t.revoke}
			</Button>
		</>
	)
	return (
		<>
			<Button size="small" aria-label={t.revokeOf(name, id)} onClick={() => setOpen(true)}>
				{t.revoke}
			</Button>
			<Dialog open={open} onClose={close} title={t.revokeTitle} lead={t.revokeLead(name, id)} actions={actions}>
				<Problem error={revoke.error} />
			</Dialog>
		</>
	)
}

type Words = WordsOf<typeof keyTexts>

const columnsOf = (t: Words, { day, moment }: Pick<Formats, 'day' | 'moment'>): readonly Column<Key>[] => [
	{
		id: 'name',
		head: t.name,
		rowHead: true,
		cell: ({ id, name }) => (
			<>
				<span className={styles['long']}>{name}</span> <span className={styles['more']}>№ {id}</span>
			</>
		),
	},
	{ id: 'scopes', head: t.scopes, cell: (key) => scopesOf(key, t) },
	{
		id: 'state',
		head: t.state,
		cell: ({ state, revoked_at: revoked }) => (
			<>
				<Badge tone={TONES[state]}>{t[state]}</Badge>
				{revoked !== null && <p className={styles['more']}>{t.revokedAt(moment(revoked))}</p>}
			</>
		),
	},
	{ id: 'created', head: t.created, cell: ({ created_at: created }) => day(created) },
	{ id: 'until', head: t.until, cell: ({ expires_at: until }) => day(until) },
	{ id: 'actions', head: t.actions, cell: (key) => (key.state === 'live' ? <Revoke apiKey={key} /> : '—') },
]

const scopesOf = ({ scopes }: Key, t: Words): string =>
	SCOPES.filter((scope) => scopes.includes(scope))
		.map((scope) => t[scope])
		.join(', ')
