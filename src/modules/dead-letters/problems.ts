import { defineProblems } from '../../platform/http/problem.ts'

export const deadLetterProblem = defineProblems({
	dead_letter_not_found: {
		status: 404,
		en: 'There is no such dead letter: it never was, or it is older than 30 days.',
		ru: 'Такого непринятого сообщения нет: его не было или ему больше 30 дней.',
	},
})
