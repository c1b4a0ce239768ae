import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { type LiveEvent, useLive } from '../../../api/live.ts'
import { useTexts } from '../../../i18n/texts.ts'
import { DecideDialog, type Deciding } from '../../../letters/DecideDialog.tsx'
import { LetterCounts } from '../../../letters/LetterCounts.tsx'
import { LetterFilters } from '../../../letters/LetterFilters.tsx'
import styles from '../../../letters/letters.module.css'
import { countsQuery, type LetterSearch, lettersQuery, PAGE, readLetterSearch } from '../../../letters/letters.ts'
import { LetterTable } from '../../../letters/LetterTable.tsx'
import { letterTexts } from '../../../letters/texts.ts'
import { shellTexts } from '../../../shell/texts.ts'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Field.tsx'
import { MorePages } from '../../../ui/MorePages.tsx'
import { Card, Page } from '../../../ui/Page.tsx'
import { EmptyState, ErrorState, Loading } from '../../../ui/States.tsx'

export const Route = createFileRoute('/_desk/dead-letters/')({ validateSearch: readLetterSearch, component: Screen })

function Screen() {
	const t = useTexts(letterTexts)
	const shell = useTexts(shellTexts)
	const search = Route.useSearch()
	const navigate = Route.useNavigate()
	const { fresh, showFresh } = useFreshLetters()
	const actions = fresh > 0 && <Button onClick={showFresh}>{t.fresh(fresh)}</Button>
	const change = (next: LetterSearch) => void navigate({ search: next })
	return (
		<Page title={shell.deadLetters} lead={t.lead} actions={actions}>
			<LetterCounts search={search} />
			<Letters key={JSON.stringify(search)} search={search} onSearch={change} />
		</Page>
	)
}

/** Counts are read anew as letters come; the list stays as it is under the pointer until somebody asks for the new ones. */
function useFreshLetters() {
	const queryClient = useQueryClient()
	const [fresh, setFresh] = useState(0)
	const readCounts = useCallback(() => void queryClient.invalidateQueries({ queryKey: countsQuery.queryKey }), [queryClient])
	const onEvent = useCallback(
		({ name }: LiveEvent) => {
			if (name !== 'dead_letter') return
			setFresh((count) => count + 1)
			readCounts()
		},
		[readCounts],
	)
	useLive(onEvent, readCounts)
	const showFresh = () => {
		setFresh(0)
		void queryClient.invalidateQueries({ queryKey: ['dead-letters'] })
	}
	return { fresh, showFresh }
}

function Letters({ search, onSearch }: { search: LetterSearch; onSearch: (search: LetterSearch) => void }) {
	const list = useInfiniteQuery(lettersQuery(search))
	const letters = list.data?.pages.flatMap(({ data }) => data) ?? []
	const open = letters.filter(({ state }) => state === 'open').map(({ id }) => id)
	const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
	const [deciding, setDeciding] = useState<Deciding>()
	// What somebody else has decided about meanwhile is no longer selected.
	const selected = new Set(open.filter((id) => chosen.has(id)))
	const select = (id: number, on: boolean) =>
		setChosen(new Set(on ? [...selected, id] : [...selected].filter((one) => one !== id)))
	const close = () => {
		setDeciding(undefined)
		setChosen(new Set())
	}
	return (
		<>
			<LetterFilters search={search} letters={letters} onChange={onSearch} />
			<Card>
				{list.isPending && <Loading />}
				{list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
				{list.data && letters.length === 0 && <None search={search} onReset={() => onSearch({})} />}
				{letters.length > 0 && (
					<>
						{open.length > 0 && (
							<Selection
								count={selected.size}
								all={selected.size > 0 && selected.size === Math.min(open.length, PAGE)}
								onAll={(on) => setChosen(new Set(on ? open.slice(0, PAGE) : []))}
								onDecide={(decision) => setDeciding({ decision, ids: [...selected] })}
							/>
						)}
						<LetterTable letters={letters} selected={selected} onSelect={select} />
						<MorePages {...list} />
					</>
				)}
			</Card>
			{deciding && <DecideDialog {...deciding} onClose={close} />}
		</>
	)
}

function Selection({
	count,
	all,
	onAll,
	onDecide,
}: {
	count: number
	all: boolean
	onAll: (on: boolean) => void
	onDecide: (decision: Deciding['decision']) => void
}) {
	const t = useTexts(letterTexts)
	const reason = count > PAGE ? t.tooMany : undefined
	return (
		<div className={styles['selection']}>
			<Checkbox label={t.selectAll} checked={all} onChange={({ target }) => onAll(target.checked)} />
			{count > 0 && (
				<>
					<span className={styles['selectionText']} role="status">
						{t.selected(count)}
					</span>
					<Button kind="primary" disabledReason={reason} onClick={() => onDecide('replay')}>
						{t.replay}
					</Button>
					<Button disabledReason={reason} onClick={() => onDecide('drop')}>
						{t.drop}
					</Button>
					<Button kind="quiet" onClick={() => onAll(false)}>
						{t.clear}
					</Button>
				</>
			)}
		</div>
	)
}

function None({ search, onReset }: { search: LetterSearch; onReset: () => void }) {
	const t = useTexts(letterTexts)
	const filtered = search.topic !== undefined || search.reason !== undefined || search.state !== undefined
	if (!filtered) return <EmptyState title={t.emptyTitle}>{t.emptyText}</EmptyState>
	return (
		<EmptyState title={t.noneTitle} action={<Button onClick={onReset}>{t.reset}</Button>}>
			{t.noneText}
		</EmptyState>
	)
}
