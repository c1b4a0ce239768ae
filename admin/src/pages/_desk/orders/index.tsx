import { createFileRoute } from '@tanstack/react-router'
import { OrdersScreen } from '../../../orders/list/OrdersScreen.tsx'
import { ordersQuery } from '../../../orders/list/orders.ts'
import { filtersOf, readSearch } from '../../../orders/list/search.ts'

export const Route = createFileRoute('/_desk/orders/')({
	validateSearch: readSearch,
	loaderDeps: ({ search }) => filtersOf(search),
	// Asked for while the screen's own piece is on its way.
	loader({ context: { queryClient }, deps }) {
		void queryClient.prefetchInfiniteQuery(ordersQuery(deps))
	},
	component: Screen,
})

function Screen() {
	return <OrdersScreen search={Route.useSearch()} />
}
