import { type TSchema, Type } from 'typebox'

export type Locale = 'ru' | 'en'

/** A text in both languages. */
export type Words = Readonly<Record<Locale, string>>

/** What a problem code means: its status and its sentence in both languages. */
export type ProblemSpec = Words & {
	readonly status: number
	/** For `Retry-After`, in seconds. */
	readonly retryAfterS?: number
}

/** Whatever else belongs into the answer: the faults of a validation, the current state of a conflict. */
export type ProblemDetails = Readonly<Record<string, unknown>> & { readonly errors?: readonly Fault[] }

/** A refusal that the caller is told of, as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
	readonly code: string
	readonly spec: ProblemSpec
	readonly details: ProblemDetails
	readonly headers: Readonly<Record<string, string>>

	constructor(code: string, spec: ProblemSpec, details: ProblemDetails, headers: Readonly<Record<string, string>>) {
		super(spec.en)
		this.name = 'Problem'
		this.code = code
		this.spec = spec
		this.details = details
		this.headers = headers
	}
}

/** The body of an answer (RFC 9457). Its `type` leads to the code's entry in the reference. */
export function problemBody({ code, spec, details }: Problem, locale: Locale): string {
	const errors = details.errors?.map((fault) => ({ ...fault, message: fault.message[locale] }))
	return JSON.stringify({ type: `/docs/errors#${code}`, title: spec[locale], status: spec.status, code, ...details, errors })
}

export type ProblemTable = Readonly<Record<string, ProblemSpec>>

export type ProblemMaker<Table extends ProblemTable> = {
	/** Makes a problem of the table: `throw cartProblem('cart_empty')`. */
	(code: keyof Table & string, details?: ProblemDetails, headers?: Readonly<Record<string, string>>): Problem
	readonly table: Table
}

/** A module's table of problems, as the function that makes them. The reference and docs/errors.md are made from the tables. */
export function defineProblems<const Table extends ProblemTable>(table: Table): ProblemMaker<Table> {
	const make = (code: keyof Table & string, details: ProblemDetails = {}, headers: Readonly<Record<string, string>> = {}) => {
		const spec = table[code]
		if (spec === undefined) throw new Error(`no such problem: ${code}`)
		return new Problem(code, spec, details, headers)
	}
	return Object.assign(make, { table })
}

/** Problems that any route can have. */
export const httpProblem = defineProblems({
	validation_failed: {
		status: 400,
		en: 'The request does not have the shape this route takes: see "errors".',
		ru: 'Запрос составлен неверно: подробности в «errors».',
	},
	malformed_json: {
		status: 400,
		en: 'The body is not valid JSON.',
		ru: 'Тело запроса не является правильным JSON.',
	},
	malformed_request: {
		status: 400,
		en: 'The request could not be read.',
		ru: 'Запрос не удалось прочитать.',
	},
	unauthenticated: {
		status: 401,
		en: 'Sign in first: the token or key is missing, wrong or no longer valid.',
		ru: 'Сначала войдите: ключ отсутствует, неверен или больше не действует.',
	},
	forbidden: {
		status: 403,
		en: 'You may not do this.',
		ru: 'У вас нет права на это действие.',
	},
	route_not_found: { status: 404, en: 'There is no such address: see /docs.', ru: 'Такого адреса нет: смотрите /docs.' },
	method_not_allowed: {
		status: 405,
		en: 'This address does not take this method: see the Allow header.',
		ru: 'Этот адрес не принимает такой метод: смотрите заголовок Allow.',
	},
	request_timeout: {
		status: 408,
		en: 'The request did not arrive whole in time: send it again.',
		ru: 'Запрос не пришёл целиком вовремя: отправьте его ещё раз.',
	},
	body_too_large: { status: 413, en: 'The body is too large.', ru: 'Тело запроса слишком велико.' },
	unsupported_media_type: {
		status: 415,
		en: 'Send the body as application/json.',
		ru: 'Отправьте тело запроса как application/json.',
	},
	too_many_requests: {
		status: 429,
		retryAfterS: 60,
		en: 'Too many requests: wait as long as Retry-After says.',
		ru: 'Слишком много запросов: подождите столько, сколько указано в Retry-After.',
	},
	headers_too_large: {
		status: 431,
		en: 'The address and the headers are too long: together they may have 16 KB.',
		ru: 'Адрес и заголовки слишком длинные: вместе они могут занимать 16 КБ.',
	},
	internal_error: {
		status: 500,
		en: 'Something went wrong on our side. The request may be sent again.',
		ru: 'Ошибка на нашей стороне. Запрос можно отправить ещё раз.',
	},
	overloaded: {
		status: 503,
		retryAfterS: 1,
		en: 'Too much is going on: try again in a moment.',
		ru: 'Слишком большая нагрузка: повторите запрос чуть позже.',
	},
	unavailable: {
		status: 503,
		retryAfterS: 1,
		en: 'The service is not available right now: try again, an order with the same Idempotency-Key.',
		ru: 'Сервис сейчас недоступен: повторите запрос, заказ — с тем же Idempotency-Key.',
	},
})

/** One fault of a request: where it is (`in` and a JSON pointer), which rule it breaks, and what to do. */
const FaultSchema = Type.Object({
	in: Type.Enum(['body', 'query', 'path', 'header']),
	pointer: Type.String({ description: 'JSON pointer (RFC 6901) to the value at fault' }),
	code: Type.String({ description: 'The rule that is broken, by its JSON Schema keyword' }),
	message: Type.String({ description: 'What is wrong with it, in the language of Accept-Language' }),
})
/** The same before it is known who reads it. */
export type Fault = Omit<Type.Static<typeof FaultSchema>, 'message'> & { readonly message: Words }

/** `validation_failed` for one fault, of a rule that no schema tells. */
export const invalid = (fault: Fault): Problem => httpProblem('validation_failed', { errors: [fault] })

export const ProblemSchema = Type.Object(
	{
		type: Type.String({ description: 'A URI for the kind of problem: a link to its entry in the reference' }),
		title: Type.String({ description: 'What is wrong, in the language of Accept-Language' }),
		status: Type.Integer(),
		code: Type.String({ description: 'Stable: what a program may rely on' }),
		errors: Type.Optional(Type.Array(FaultSchema, { description: 'Every fault of the request' })),
	},
	{ $id: 'Problem', additionalProperties: true, description: 'RFC 9457' },
)

/**
 * The answers of a route that are problems, by status, for its schema: `...problems(cartProblem, 'cart_empty')`. Several codes
 * of one status share an entry that names them all, so codes of several tables go through `problemsOf` together.
 */
export function problems<Table extends ProblemTable>(maker: ProblemMaker<Table>, ...codes: (keyof Table & string)[]) {
	return problemsOf(maker.table, codes)
}

/** The same for codes of several modules: `...problemsOf({ ...httpProblem.table, ...cartProblem.table }, ['forbidden', 'cart_empty'])`. */
export function problemsOf<Table extends ProblemTable>(
	table: Table,
	codes: readonly (keyof Table & string)[],
): Record<number, TSchema> {
	const codesByStatus = new Map<number, string[]>()
	for (const code of codes) {
		const status = table[code]?.status
		if (status !== undefined) codesByStatus.set(status, [...(codesByStatus.get(status) ?? []), code])
	}
	const entries = [...codesByStatus].map(([status, sharing]): [number, TSchema] => [
		status,
		{
			description: sharing.map((code) => `\`${code}\`: ${table[code]?.en ?? ''}`).join('\n\n'),
			content: { 'application/problem+json': { schema: Type.Ref('Problem') } },
		},
	])
	return Object.fromEntries(entries)
}
