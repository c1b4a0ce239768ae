import { defineProblems } from '../../platform/http/problem.ts'

/** The orders' table takes its entry from here: the delivery can't import the orders. */
export const deliveryProblem = defineProblems({
	order_not_found: { status: 404, en: 'There is no such order.', ru: 'Такого заказа нет.' },
})
