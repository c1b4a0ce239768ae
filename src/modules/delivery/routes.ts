import { Delivery } from '../../events/orders.ts'
import { customer } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import { customerOf } from '../customers/index.ts'
import type { Service } from '../service.ts'
import { deliveryProblem } from './problems.ts'
import { findCustomerDelivery } from './queries.ts'
import { DeliveryParams } from './schemas.ts'

/** Where a customer's order is. */
export function registerDeliveryRoutes(app: App, { sql }: Service): void {
	app.get(
		'/orders/:id/delivery',
		{
			config: { policy: customer },
			schema: {
				tags: ['orders'],
				summary: 'See where an order is',
				description: 'How it is delivered, its state, and what happened on its way, newest first.',
				params: DeliveryParams,
				response: { 200: Delivery, ...problems(deliveryProblem, 'order_not_found') },
			},
		},
		async (request) => {
			const delivery = await findCustomerDelivery(sql, customerOf(request).id, request.params.id)
			if (delivery === undefined) throw deliveryProblem('order_not_found')
			return delivery
		},
	)
}
