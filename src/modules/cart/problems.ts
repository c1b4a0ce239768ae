import { defineProblems } from '../../platform/http/problem.ts'

export const cartProblem = defineProblems({
	too_many_positions: {
		status: 409,
		en: 'The cart holds as many different products as an order may have: remove one first.',
		ru: 'В корзине уже столько разных товаров, сколько может быть в заказе: сначала уберите один.',
	},
})
