import { useInfiniteQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useTexts } from '../../../i18n/texts.ts'
import { shellTexts } from '../../../shell/texts.ts'
import { Button } from '../../../ui/Button.tsx'
import { MorePages } from '../../../ui/MorePages.tsx'
import { Card, Page } from '../../../ui/Page.tsx'
import { EmptyState, ErrorState, Loading } from '../../../ui/States.tsx'
import { readUserSearch, type UserSearch } from '../../../users/search.ts'
import { userTexts } from '../../../users/texts.ts'
import { UserFilters } from '../../../users/UserFilters.tsx'
import { usersQuery } from '../../../users/users.ts'
import { UserTable } from '../../../users/UserTable.tsx'

export const Route = createFileRoute('/_desk/users/')({ validateSearch: readUserSearch, component: Screen })

function Screen() {
	const t = useTexts(userTexts)
	const shell = useTexts(shellTexts)
	const search = Route.useSearch()
	const navigate = Route.useNavigate()
	const change = (next: UserSearch) => void navigate({ search: next })
	return (
		<Page title={shell.users} lead={t.lead}>
			<UserFilters key={JSON.stringify(search)} search={search} onChange={change} />
			<Found search={search} onReset={() => change({})} />
		</Page>
	)
}

function Found({ search, onReset }: { search: UserSearch; onReset: () => void }) {
	const list = useInfiniteQuery(usersQuery(search))
	const users = list.data?.pages.flatMap(({ data }) => data) ?? []
	return (
		<Card>
			{list.isPending && <Loading />}
			{list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
			{list.data && users.length === 0 && <None search={search} onReset={onReset} />}
			{users.length > 0 && (
				<>
					<UserTable users={users} />
					<MorePages {...list} />
				</>
			)}
		</Card>
	)
}

function None({ search, onReset }: { search: UserSearch; onReset: () => void }) {
	const t = useTexts(userTexts)
	const filtered = search.search !== undefined || search.blocked !== undefined
	if (!filtered) return <EmptyState title={t.empty}>{t.emptyText}</EmptyState>
	return (
		<EmptyState title={t.none} action={<Button onClick={onReset}>{t.reset}</Button>}>
			{t.noneText}
		</EmptyState>
	)
}
