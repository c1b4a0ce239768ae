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

/** What to tell a person about an error. The service's own words where it has them. */
export function useErrorText(): (error: unknown) => string {
	const t = useTexts(texts)
	return (error) => {
		if (!(error instanceof ApiError)) return t.unexpected
		const { code, title, detail, errors } = error.problem
		if (code === 'offline') return t.offline
		if (code === 'timeout') return t.timeout
		if (code === 'unexpected') return `${t.unexpected} (${title})`
		return [title, detail, ...(errors ?? []).map(({ pointer, message }) => `${pointer}: ${message}`)].filter(Boolean).join(' ')
	}
}

/** What is wrong with each field of a form, by the field's name in the body. */
export const fieldErrors = (error: unknown): Readonly<Record<string, string>> =>
	error instanceof ApiError
		? Object.fromEntries((error.problem.errors ?? []).map(({ pointer, message }) => [pointer.replace(/^\//, ''), message]))
		: {}
