import { createFileRoute } from '@tanstack/react-router'
import { OrdersScreen } from '../../../orders/list/OrdersScreen.tsx'
import { readSearch } from '../../../orders/list/search.ts'

export const Route = createFileRoute('/_desk/orders/')({ validateSearch: readSearch, component: Screen })

function Screen() {
	return <OrdersScreen search={Route.useSearch()} />
}
