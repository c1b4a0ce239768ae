import { createFileRoute } from '@tanstack/react-router'
import { readSearch } from '../../today/period.ts'
import { TodayScreen } from '../../today/TodayScreen.tsx'

export const Route = createFileRoute('/_desk/')({ validateSearch: readSearch, component: Screen })

function Screen() {
	return <TodayScreen period={Route.useSearch().period ?? 'today'} />
}
