import { defineTexts, useTexts } from '../i18n/texts.ts'

/** A refusal of the service: RFC 9457. `title` is in the language that was asked for. */
export type Problem = {
	readonly code: string
	readonly title: string
	readonly status: number
	readonly detail?: string
	readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly message: string }[]
	readonly [field: string]: unknown
}

/** What a call throws. */
export class ApiError extends Error {
	readonly status: number
	readonly problem: Problem
	constructor(status: number, problem: Problem) {
		super(problem.title)
		this.status = status
		this.problem = problem
	}
	get code(): string {
		return this.problem.code
	}
}

/** There was no answer at all. */
export const networkError = (reason: unknown): ApiError => {
	const late = reason instanceof DOMException && reason.name === 'TimeoutError'
	return new ApiError(0, { code: late ? 'timeout' : 'offline', title: String(reason), status: 0 })
}

export const isCode = (error: unknown, code: string): error is ApiError => error instanceof ApiError && error.code === code

const texts = defineTexts({
	ru: {
		offline: 'Нет связи с сервисом. Проверьте сеть и повторите.',
		timeout: 'Сервис не ответил вовремя. Повторите.',
		unexpected: 'Что-то пошло не так. Повторите, а если не поможет — сообщите администратору.',
	},
	en: {
		offline: 'The service can’t be reached. Check the network and try again.',
		timeout: 'The service did not answer in time. Try again.',
		unexpected: 'Something went wrong. Try again; if that does not help, tell your administrator.',
	},
})

/** What is wrong with one field of what was sent; `code` is that of the rule. */
type Fault = NonNullable<Problem['errors']>[number]

/** By the codes that a form of the panel can meet. */
const faultTexts = defineTexts({
	ru: {
		required: 'Заполните это поле.',
		pattern: 'Проверьте, как это записано.',
		minLength: 'Слишком коротко.',
		maxLength: 'Слишком длинно.',
		format: 'Проверьте, как это записано.',
		phone: 'На такой номер нельзя отправить SMS. Запишите его с кодом страны: +7 900 123-45-67.',
		name: 'Запишите имя одной строкой.',
		password: 'Содержит часть вашей почты до знака @: придумайте другой.',
		text: 'Содержит знаки, которых нет в Unicode: наберите заново.',
	},
	en: {
		required: 'Fill this in.',
		pattern: 'Check how it is written.',
		minLength: 'Too short.',
		maxLength: 'Too long.',
		format: 'Check how it is written.',
		phone: 'No SMS can go to such a number. Write it with its country code: +7 900 123-45-67.',
		name: 'Write the name in one line.',
		password: 'Holds the part of your email before the @: choose another one.',
		text: 'Holds characters that are not in Unicode: type it again.',
	},
})

/** A fault in the language that is shown; in the service's own words where it is not one of those above. */
function useFaultText(): (fault: Fault) => string {
	const t: Readonly<Record<string, string>> = useTexts(faultTexts)
	return ({ code, message }) => t[code] ?? message
}

/** What to tell a person about an error. The service's own words where it has them. */
export function useErrorText(): (error: unknown) => string {
	const t = useTexts(texts)
	const faultText = useFaultText()
	return (error) => {
		if (!(error instanceof ApiError)) return t.unexpected
		const { code, title, detail, errors } = error.problem
		if (code === 'offline') return t.offline
		if (code === 'timeout') return t.timeout
		if (code === 'unexpected') return `${t.unexpected} (${title})`
		return [title, detail, ...(errors ?? []).map((fault) => `${fault.pointer}: ${faultText(fault)}`)].filter(Boolean).join(' ')
	}
}

/** What is wrong with each field of a form, by the field's name in the body. */
export function useFieldErrors(): (error: unknown) => Readonly<Record<string, string>> {
	const faultText = useFaultText()
	return (error) =>
		error instanceof ApiError
			? Object.fromEntries((error.problem.errors ?? []).map((fault) => [fault.pointer.replace(/^\//, ''), faultText(fault)]))
			: {}
}
