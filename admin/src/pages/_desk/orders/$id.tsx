import { createFileRoute } from '@tanstack/react-router'
import { OrderScreen } from '../../../orders/one/OrderScreen.tsx'

export const Route = createFileRoute('/_desk/orders/$id')({ component: Screen })

function Screen() {
	const { id } = Route.useParams()
	return <OrderScreen id={id} />
}
