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
	staff_session_not_found: {
		status: 404,
		en: 'You have no such session: it has ended, or it is somebody else’s.',
		ru: 'Такого вашего сеанса нет: он завершён или принадлежит другому.',
	},
	staff_not_found: { status: 404, en: 'There is nobody of the staff with this id.', ru: 'Сотрудника с таким номером нет.' },
	key_not_found: { status: 404, en: 'There is no key with this id.', ru: 'Ключа с таким номером нет.' },
	staff_exists: {
		status: 409,
		en: 'This email has an account already: change its role, or make it a link for new credentials.',
		ru: 'У этой почты уже есть учётная запись: измените её роль или создайте для неё ссылку на новый пароль и код.',
	},
	staff_deactivated: {
		status: 409,
		en: 'This account is deactivated: reactivate it first.',
		ru: 'Эта учётная запись отключена: сначала включите её.',
	},
	last_owner: {
		status: 409,
		en: 'This is the last owner: somebody must be able to manage the staff. Make somebody else an owner first.',
		ru: 'Это последний владелец: кто-то должен управлять персоналом. Сначала сделайте владельцем кого-то ещё.',
	},
	key_limit: {
		status: 409,
		en: 'Two keys of this name are good already, see "live": revoke the one that is no longer used.',
		ru: 'С этим именем уже действуют два ключа, смотрите «live»: отзовите тот, который больше не используется.',
	},
})
