import { defineProblems } from '../../platform/http/problem.ts'
import { CODE_LIFE_MINUTES } from './login-code.ts'

export const customerProblem = defineProblems({
	code_wrong: {
		status: 401,
		en: `The code is wrong, used or older than ${CODE_LIFE_MINUTES} minutes: type the last one that came by SMS, or ask for another.`,
		ru: `Код неверен, уже использован или старше ${CODE_LIFE_MINUTES} минут: введите последний код из SMS или запросите новый.`,
	},
	user_blocked: {
		status: 403,
		en: 'This account is blocked: ask the shop why.',
		ru: 'Этот аккаунт заблокирован: обратитесь в магазин.',
	},
	user_not_found: {
		status: 404,
		en: 'There is no such user.',
		ru: 'Такого пользователя нет.',
	},
	session_not_found: {
		status: 404,
		en: 'There is no such session: it may have ended already.',
		ru: 'Такого сеанса нет: возможно, он уже завершён.',
	},
	registration_required: {
		status: 409,
		en: 'This phone has no account yet: ask for name, email and consent, and send the same code again with them as "registration".',
		ru: 'С этим телефоном ещё никто не зарегистрирован: укажите имя, почту и согласие и отправьте их с тем же кодом в поле «registration».',
	},
	phone_taken: {
		status: 409,
		en: 'Another user has this phone: each has one of their own.',
		ru: 'Этот телефон уже принадлежит другому пользователю: у каждого должен быть свой.',
	},
	orders_under_way: {
		status: 409,
		en: 'Orders are still under way, see "orders": wait until they are received, or cancel them, then erase.',
		ru: 'Есть незавершённые заказы, смотрите «orders»: дождитесь их получения или отмените их, затем удаляйте.',
	},
	user_erased: {
		status: 410,
		en: 'This user was erased at "erased_at": only the orders are left, of nobody.',
		ru: 'Этот пользователь удалён («erased_at»): остались только обезличенные заказы.',
	},
	confirmation_wrong: {
		status: 422,
		en: 'What was typed is not this user’s phone: look whom you are about to erase, and type the phone.',
		ru: 'Введён не телефон этого пользователя: проверьте, кого вы удаляете, и введите его телефон.',
	},
	consent_required: {
		status: 422,
		en: 'Registration needs the consent to the processing of personal data: send "consent": true.',
		ru: 'Для регистрации нужно согласие на обработку персональных данных: отправьте "consent": true.',
	},
})
