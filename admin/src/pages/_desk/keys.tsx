import { useInfiniteQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { CreateKey } from '../../keys/CreateKey.tsx'
import { keysQuery } from '../../keys/keys.ts'
import { KeyTable } from '../../keys/KeyTable.tsx'
import { keyTexts } from '../../keys/texts.ts'
import { useRoleReason } from '../../session/me.ts'
import { shellTexts } from '../../shell/texts.ts'
import { Button } from '../../ui/Button.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { MorePages } from '../../ui/MorePages.tsx'
import { Card, Page } from '../../ui/Page.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/States.tsx'

export const Route = createFileRoute('/_desk/keys')({ component: Screen })

function Screen() {
	const t = useTexts(keyTexts)
	const shell = useTexts(shellTexts)
	const reason = useRoleReason()('owner')
	const [creating, setCreating] = useState(false)
	const list = useInfiniteQuery(keysQuery)
	const keys = list.data?.pages.flatMap(({ data }) => data) ?? []
	const create = (
		<Button kind="primary" icon={<PlusIcon />} disabledReason={reason} onClick={() => setCreating(true)}>
			{t.create}
		</Button>
	)
	return (
		<Page title={shell.keys} lead={t.lead} actions={create}>
			<Card>
				{list.isPending && <Loading />}
				{list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
				{list.data && keys.length === 0 && <EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
				{keys.length > 0 && (
					<>
						<KeyTable keys={keys} />
						<MorePages {...list} />
					</>
				)}
			</Card>
			{creating && <CreateKey onClose={() => setCreating(false)} />}
		</Page>
	)
}
