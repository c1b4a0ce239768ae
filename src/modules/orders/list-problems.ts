import { defineProblems } from '../../platform/http/problem.ts'

/** Problems of the staff's list of orders. */
export const orderListProblem = defineProblems({
	view_not_found: { status: 404, en: 'You have no such view.', ru: 'У вас нет такого вида.' },
	view_name_taken: {
		status: 409,
		en: 'You have a view of this name already: change that one, or take another name.',
		ru: 'У вас уже есть вид с таким названием: измените его или возьмите другое название.',
	},
	too_many_views: {
		status: 409,
		en: 'You have as many views as there may be, "limit": delete one first.',
		ru: 'У вас столько видов, сколько можно («limit»): сначала удалите один из них.',
	},
	too_many_exports: {
		status: 429,
		retryAfterS: 30,
		en: 'You have as many exports under way as you may, "limit": wait until one has ended.',
		ru: 'У вас уже идёт столько выгрузок, сколько можно («limit»): дождитесь, пока одна из них закончится.',
	},
})
