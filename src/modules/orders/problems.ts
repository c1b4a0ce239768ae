import { defineProblems } from '../../platform/http/problem.ts'
import { versionProblem } from '../../platform/http/versions.ts'
import { deliveryProblem } from '../delivery/index.ts'

export const orderProblem = defineProblems({
	idempotency_key_required: {
		status: 400,
		en: 'Send an Idempotency-Key header of 1–64 printable characters, a new one for each order you intend.',
		ru: 'Передайте заголовок Idempotency-Key из 1–64 печатных символов, новый для каждого заказа.',
	},
	note_of_another: {
		status: 403,
		en: 'Somebody else wrote this note: only they may delete it.',
		ru: 'Эту заметку написал другой сотрудник: удалить её может только он.',
	},
	order_not_found: deliveryProblem.table.order_not_found,
	note_not_found: { status: 404, en: 'The order has no such note.', ru: 'У заказа нет такой заметки.' },
	cart_empty: {
		status: 409,
		en: 'The cart is empty: put at least one product into it first.',
		ru: 'Корзина пуста: сначала добавьте в неё хотя бы один товар.',
	},
	product_unavailable: {
		status: 409,
		en: 'Some products are no longer available in this quantity: see "products", change the cart and try again.',
		ru: 'Некоторых товаров больше нет в таком количестве: смотрите «products», измените корзину и повторите.',
	},
	total_changed: {
		status: 409,
		en: 'The total is no longer what you expected: show the new one from "total" and ask again.',
		ru: 'Сумма изменилась: покажите новую из «total» и спросите ещё раз.',
	},
	total_too_large: {
		status: 409,
		en: 'The total is beyond what can be told exactly: order fewer pieces at once.',
		ru: 'Сумма слишком велика, чтобы назвать её точно: закажите меньше штук за раз.',
	},
	transition_refused: {
		status: 409,
		en: 'The order can’t go from its status to that one: see "current".',
		ru: 'Из текущего статуса заказ нельзя перевести в запрошенный: смотрите «current».',
	},
	too_many_notes: {
		status: 409,
		en: 'The order has as many notes as it may have, "limit": delete one of yours first.',
		ru: 'На заказе столько заметок, сколько можно («limit»): сначала удалите одну из своих.',
	},
	version_stale: versionProblem.table.version_stale,
	idempotency_key_reused: {
		status: 422,
		en: 'This Idempotency-Key belongs to another request: take a new key for a new one.',
		ru: 'Этот Idempotency-Key принадлежит другому запросу: возьмите для нового новый ключ.',
	},
	version_required: versionProblem.table.version_required,
})
