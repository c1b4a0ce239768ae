import { createFileRoute } from '@tanstack/react-router'
import { OrdersScreen } from '../../../orders/list/OrdersScreen.tsx'
import { ordersQuery } from '../../../orders/list/orders.ts'
import { filtersOf, readSearch } from '../../../orders/list/search.ts'

export const Route = createFileRoute('/_desk/orders/')({
	validateSearch: readSearch,
	loaderDeps: ({ search }) => filtersOf(search),
	// Asked for while the screen's own piece is on its way. Who comes from elsewhere sees the list at once, or after a while that it loads;
	// when other filters are chosen, only the list itself changes.
	loader({ context: { queryClient }, deps, cause }) {
		const asked = queryClient.prefetchInfiniteQuery(ordersQuery(deps))
		return cause === 'enter' ? asked : undefined
	},
	component: Screen,
})

function Screen() {
	return <OrdersScreen search={Route.useSearch()} />
}
