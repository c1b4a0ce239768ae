import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { answerOf, api } from '../api/client.ts'
import { useTexts } from '../i18n/texts.ts'
import { Badge, type Tone } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Problem.tsx'
import { uiTexts } from '../ui/texts.ts'
import type { DecisionResult } from './letters.ts'
import { type LetterWords, letterTexts } from './texts.ts'

export type Deciding = { readonly decision: 'replay' | 'drop'; readonly ids: readonly number[] }

const OUTCOMES = {
	replayed: ['resultReplayed', 'accent'],
	dropped: ['resultDropped', 'neutral'],
	decided_before: ['resultBefore', 'info'],
	not_whole: ['resultNotWhole', 'warning'],
	not_found: ['resultNotFound', 'warning'],
} as const satisfies Record<DecisionResult['outcome'], readonly [string, Tone]>

/** Asks whether letters are to be sent again or dropped, does it, and tells what became of each. */
export function DecideDialog({ decision, ids, onClose }: Deciding & { onClose: () => void }) {
	const t = useTexts(letterTexts)
	const ui = useTexts(uiTexts)
	const queryClient = useQueryClient()
	const decide = useMutation({
		mutationFn: () => answerOf(api.POST(`/v1/admin/dead-letters/${decision}`, { body: { ids: [...ids] } })),
		onSettled: () => queryClient.invalidateQueries({ queryKey: ['dead-letters'] }),
	})
	if (decide.data) {
		const close = (
			<Button kind="primary" onClick={onClose}>
				{t.done}
			</Button>
		)
		return (
			<Dialog open onClose={onClose} title={t.results} actions={close}>
				<Results results={decide.data.data} />
			</Dialog>
		)
	}
	const replays = decision === 'replay'
	const actions = (
		<>
			<Button onClick={onClose}>{ui.cancel}</Button>
			<Button kind={replays ? 'primary' : 'danger'} busy={decide.isPending} onClick={() => decide.mutate()}>
				{replays ? t.replay : t.drop}
			</Button>
		</>
	)
	return (
		<Dialog
			open
			onClose={onClose}
			title={(replays ? t.replayTitle : t.dropTitle)(ids.length)}
			lead={replays ? t.replayLead : t.dropLead}
			actions={actions}
		>
			<Problem error={decide.error} />
		</Dialog>
	)
}

const columnsOf = (t: LetterWords): readonly Column<DecisionResult>[] => [
	{
		id: 'letter',
		head: t.letter,
		rowHead: true,
		cell: ({ id }) => (
			<Link to="/dead-letters/$id" params={{ id: String(id) }}>
				{t.number(id)}
			</Link>
		),
	},
	{
		id: 'outcome',
		head: t.results,
		cell: ({ outcome }) => {
			const [text, tone] = OUTCOMES[outcome]
			return <Badge tone={tone}>{t[text]}</Badge>
		},
	},
]

function Results({ results }: { results: readonly DecisionResult[] }) {
	const t = useTexts(letterTexts)
	return <DataTable caption={t.results} rows={results} rowKey={({ id }) => id} columns={columnsOf(t)} />
}
