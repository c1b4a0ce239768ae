import { defineProblems } from '../../platform/http/problem.ts'

export const catalogProblem = defineProblems({
	product_not_found: {
		status: 404,
		en: 'There is no such product, or it is no longer sold.',
		ru: 'Такого товара нет, или он больше не продаётся.',
	},
})
