import { useQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../../../i18n/texts.ts'
import { DecideDialog, type Deciding } from '../../../letters/DecideDialog.tsx'
import { LetterFacts } from '../../../letters/LetterFacts.tsx'
import { LetterHeaders } from '../../../letters/LetterHeaders.tsx'
import styles from '../../../letters/letters.module.css'
import { type Letter, letterQuery } from '../../../letters/letters.ts'
import { LetterValue, type View, VIEWS } from '../../../letters/LetterValue.tsx'
import { letterTexts } from '../../../letters/texts.ts'
import { Button } from '../../../ui/Button.tsx'
import { Page } from '../../../ui/Page.tsx'
import { ErrorState, Loading } from '../../../ui/States.tsx'

export const Route = createFileRoute('/_desk/dead-letters/$id')({
	validateSearch: ({ view }): { readonly view?: View } => {
		const known = VIEWS.find((one) => one === view)
		return known === undefined ? {} : { view: known }
	},
	component: Screen,
})

function Screen() {
	const t = useTexts(letterTexts)
	const id = Number(Route.useParams().id)
	const { view } = Route.useSearch()
	const navigate = Route.useNavigate()
	const letter = useQuery(letterQuery(id))
	const lead = (
		<Link to="/dead-letters" search={{}}>
			{t.back}
		</Link>
	)
	return (
		<Page title={t.title(id)} lead={lead} actions={letter.data && <Decisions letter={letter.data} />}>
			{letter.isPending && <Loading />}
			{letter.error && <ErrorState error={letter.error} onRetry={() => void letter.refetch()} />}
			{letter.data && (
				<>
					<div className={styles['columns']}>
						<LetterFacts letter={letter.data} />
						<LetterHeaders headers={letter.data.headers} />
					</div>
					<LetterValue
						letter={letter.data}
						wish={view}
						onView={(next) => void navigate({ search: { view: next }, replace: true })}
					/>
				</>
			)}
		</Page>
	)
}

function Decisions({ letter: { id, state, whole } }: { letter: Letter }) {
	const t = useTexts(letterTexts)
	const [deciding, setDeciding] = useState<Deciding>()
	const decided = state === 'open' ? undefined : t.onlyOpen
	return (
		<>
			<Button
				kind="primary"
				disabledReason={decided ?? (whole ? undefined : t.notWhole)}
				onClick={() => setDeciding({ decision: 'replay', ids: [id] })}
			>
				{t.replay}
			</Button>
			<Button disabledReason={decided} onClick={() => setDeciding({ decision: 'drop', ids: [id] })}>
				{t.drop}
			</Button>
			{deciding && <DecideDialog {...deciding} onClose={() => setDeciding(undefined)} />}
		</>
	)
}
