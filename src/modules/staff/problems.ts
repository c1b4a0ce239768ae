import { defineProblems } from '../../platform/http/problem.ts'

export const staffProblem = defineProblems({
	credentials_wrong: {
		status: 401,
		en: 'The email, the password or the code is wrong, or the code was used before: type them again, with the code the app shows now.',
		ru: 'Почта, пароль или код неверны, либо код уже использован: введите их ещё раз, взяв код, который приложение показывает сейчас.',
	},
	totp_wrong: {
		status: 401,
		en: 'The code is not the one of this secret and moment: type what the app shows now, and set the phone’s clock by the network.',
		ru: 'Код не подходит: введите тот, который приложение показывает сейчас, и проверьте, что часы телефона идут по времени сети.',
	},
	invitation_not_found: {
		status: 404,
		en: 'This invitation is no longer good: it was used, replaced or is older than 72 hours. Ask for a new link.',
		ru: 'Это приглашение больше не действует: оно использовано, заменено или старше 72 часов. Попросите новую ссылку.',
	},
})
