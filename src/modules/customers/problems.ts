import { defineProblems } from '../../platform/http/problem.ts'

export const customerProblem = defineProblems({
	code_wrong: {
		status: 401,
		en: 'The code is wrong, used or older than 5 minutes: type the last one that came by SMS, or ask for another.',
		ru: 'Код неверен, уже использован или старше 5 минут: введите последний код из SMS или запросите новый.',
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
		en: 'You have no such session: it may have ended already.',
		ru: 'Такого сеанса у вас нет: возможно, он уже завершён.',
	},
	registration_required: {
		status: 409,
		en: 'This phone has no account yet: register with name and email, and type the code that comes then.',
		ru: 'С этим телефоном ещё никто не зарегистрирован: укажите имя и почту и введите код, который придёт после этого.',
	},
	consent_required: {
		status: 422,
		en: 'Registration needs the consent to the processing of personal data: send "consent": true.',
		ru: 'Для регистрации нужно согласие на обработку персональных данных: отправьте "consent": true.',
	},
})
