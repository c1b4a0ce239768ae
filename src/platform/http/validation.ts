import { Ajv, type ErrorObject } from 'ajv'
import type { FastifyInstance, FastifySchemaValidationError } from 'fastify'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import { withFormats } from '../formats.ts'
import { wordsOf } from './fault-words.ts'
import { type Fault, httpProblem, invalid, type Problem } from './problem.ts'
import { escapePointer, findUnstorableText } from '../text.ts'

/** Nothing is changed silently: no text becomes a number, no unknown field is dropped. */
const strict = () =>
	withFormats(
		new Ajv({
			allErrors: true,
			coerceTypes: false,
			removeAdditional: false,
			useDefaults: true,
			strict: true,
			allowUnionTypes: true,
			// Of a `oneOf` that names a discriminator only the branch meant is checked, so its faults alone are told.
			discriminator: true,
		}),
	)

const WHOLE_NUMBER = /^-?(?:0|[1-9]\d*)$/

/**
 * What stands in an address is text by nature: there `limit=20` is a number where the schema says so. Written in the one usual
 * way, not as `0x14`, `2e1` or `+20`: what is not stays text, which the schema refuses. The library's own coercion takes all.
 * A UUID may be written in capitals (RFC 9562), and becomes what it is in the database.
 */
function textReader({ properties = {} }: { properties?: Readonly<Record<string, { type?: unknown; format?: unknown }>> }) {
	const types = Object.entries(properties).map(([name, { type, format }]) => [name, type, format] as const)
	return (values: Record<string, unknown>): void => {
		for (const [name, type, format] of types) {
			const text = values[name]
			if (typeof text !== 'string') continue
			if (format === 'uuid') values[name] = text.toLowerCase()
			if (type === 'integer' && WHOLE_NUMBER.test(text)) values[name] = Number(text)
			if (type === 'boolean' && (text === 'true' || text === 'false')) values[name] = text === 'true'
		}
	}
}

/** A body that may be left out; it reads as null then. */
export const optionalBody = <Body extends TObject>(body: Body) =>
	Type.Unsafe<Static<Body> | null>({ ...body, type: ['object', 'null'] })

/** Of a route that takes none: a field that is sent all the same was meant to do something. */
const NO_BODY = optionalBody(Type.Object({}, { additionalProperties: false }))

const IN = new Map<string, Fault['in']>([
	['body', 'body'],
	['querystring', 'query'],
	['params', 'path'],
	['headers', 'header'],
])

/** The validators of all routes: of bodies, and of addresses and headers, which are read from text first; every fault at once. */
export function useValidation(app: FastifyInstance): void {
	const ajv = strict()
	app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
		const validate = ajv.compile(schema)
		if (httpPart === 'body') return validate
		const read = textReader(schema)
		return (values: Record<string, unknown>) => {
			read(values)
			return validate(values) ? true : { error: validate.errors ?? [] }
		}
	})
	const validateNoBody = ajv.compile(NO_BODY)
	app.addHook('preValidation', async (request) => {
		const strayBody = request.routeOptions.schema?.body === undefined && !validateNoBody(request.body ?? null)
		if (strayBody) throw validationProblem(validateNoBody.errors ?? [], 'body')
		for (const [part, value] of [
			['body', request.body],
			['query', request.query],
			['path', request.params],
		] as const) {
			const pointer = findUnstorableText(value)
			if (pointer !== undefined) {
				const message = {
					en: 'holds a NUL character or half of a surrogate pair: send text that is valid Unicode',
					ru: 'содержит символ NUL или половину суррогатной пары: отправьте правильный текст Unicode',
				}
				throw invalid({ in: part, pointer, code: 'text', message })
			}
		}
	})
}

/** The problem for what a validator found, with a pointer to each fault. */
export function validationProblem(errors: readonly FastifySchemaValidationError[], context: string | undefined): Problem {
	const part = IN.get(context ?? '') ?? 'body'
	return httpProblem('validation_failed', { errors: faultsOf(errors).map((fault): Fault => ({ in: part, ...fault })) })
}

type SchemaError = Pick<ErrorObject, 'keyword' | 'instancePath' | 'params' | 'message'> | FastifySchemaValidationError

/**
 * Faults of a value in words of both languages. Of a `oneOf`/`anyOf` the faults of its branches are told, not that no branch fits; a missing or
 * unknown property is pointed to itself, not its object.
 */
export function faultsOf(errors: readonly SchemaError[]): Omit<Fault, 'in'>[] {
	const telling = errors.filter((error) => !['oneOf', 'anyOf', 'if', 'discriminator'].includes(error.keyword))
	const faults = (telling.length > 0 ? telling : errors).map(({ keyword, instancePath, params, message }) => {
		const property = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty']
		const pointer = typeof property === 'string' ? `${instancePath}/${escapePointer(property)}` : instancePath
		return { pointer, code: keyword, message: wordsOf(keyword, params, message) }
	})
	return faults.filter(
		(fault, index) => faults.findIndex((other) => other.pointer === fault.pointer && other.code === fault.code) === index,
	)
}
