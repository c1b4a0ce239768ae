import type { JSONType } from 'ajv'
import type { Words } from './problem.ts'

/** A pattern for text that says something; a fault of it is told as "must not be blank". */
export const NOT_BLANK = '\\S'

const UNKNOWN_FIELD = { en: 'is not a field this route knows: leave it out', ru: 'такого поля здесь нет: уберите его' }

const TYPES: Readonly<Record<JSONType, string>> = {
	string: 'текстом',
	number: 'числом',
	integer: 'целым числом',
	boolean: 'true или false',
	null: 'null',
	object: 'объектом',
	array: 'списком',
}
const FORMATS: Readonly<Record<string, string>> = {
	email: 'адресом электронной почты',
	uuid: 'идентификатором UUID',
	'date-time': 'временем вида 2026-11-25T20:02:24+03:00',
}

type Params = Readonly<Record<string, unknown>>
/** What a broken rule is told as; without `en` the validator's own words are English enough. */
type Telling = (params: Params) => Partial<Words>

const partsOf = (value: unknown): string[] => [value].flat().map(String)
const namesIn = (names: Readonly<Record<string, string>>, value: unknown): string =>
	partsOf(value)
		.map((one) => names[one] ?? one)
		.join(' или ')

/**
 * The words of each rule that a schema of a route may have. Numbers stand where Russian needs no other ending for each of them:
 * "знаков должно быть не больше 21".
 */
const TELLINGS: Readonly<Record<string, Telling>> = {
	required: () => ({ en: 'is missing', ru: 'нужно указать' }),
	additionalProperties: () => UNKNOWN_FIELD,
	unevaluatedProperties: () => UNKNOWN_FIELD,
	type: ({ type }) => ({ ru: `должно быть ${namesIn(TYPES, type)}` }),
	enum({ allowedValues }) {
		const allowed = partsOf(allowedValues).join(', ')
		return { en: `must be one of ${allowed}`, ru: `должно быть одним из: ${allowed}` }
	},
	const({ allowedValue }) {
		const allowed = JSON.stringify(allowedValue)
		return { en: `must be ${allowed}`, ru: `должно быть равно ${allowed}` }
	},
	pattern: ({ pattern }) =>
		pattern === NOT_BLANK
			? { en: 'must not be blank', ru: 'не должно быть пустым' }
			: { ru: `не подходит под шаблон "${String(pattern)}"` },
	format: ({ format }) => ({ ru: `должно быть ${namesIn(FORMATS, format)}` }),
	minimum: ({ limit }) => ({ ru: `должно быть не меньше ${String(limit)}` }),
	maximum: ({ limit }) => ({ ru: `должно быть не больше ${String(limit)}` }),
	minLength: ({ limit }) => ({ ru: `знаков должно быть не меньше ${String(limit)}` }),
	maxLength: ({ limit }) => ({ ru: `знаков должно быть не больше ${String(limit)}` }),
	minItems: ({ limit }) => ({ ru: `элементов должно быть не меньше ${String(limit)}` }),
	maxItems: ({ limit }) => ({ ru: `элементов должно быть не больше ${String(limit)}` }),
	uniqueItems: () => ({ ru: 'элементы не должны повторяться' }),
	minProperties: ({ limit }) => ({ ru: `полей должно быть не меньше ${String(limit)}` }),
}

/** What breaking a rule of a schema is told as; `message` is what the validator says, in English. */
export function wordsOf(keyword: string, params: Params, message = 'is not valid'): Words {
	const { en = message, ru = en } = TELLINGS[keyword]?.(params) ?? {}
	return { en, ru }
}
