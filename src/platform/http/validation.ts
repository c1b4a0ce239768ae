import { Ajv, type ErrorObject } from 'ajv'
import type { FastifyInstance, FastifySchemaValidationError } from 'fastify'
import { type Static, type TObject, type TSchema, Type } from 'typebox'
import { withFormats } from '../formats.ts'
import { type Fault, httpProblem, type Problem } from './problem.ts'
import { findUnstorableText } from '../text.ts'

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
/** What stands in an address is text by nature: there `limit=20` is a number where the schema says so. */
const textual = () =>
	withFormats(
		new Ajv({
			allErrors: true,
			coerceTypes: true,
			removeAdditional: false,
			useDefaults: true,
			strict: true,
			allowUnionTypes: true,
		}),
	)

/** A pattern for text that says something; a fault of it is told as "must not be blank". */
export const NOT_BLANK = '\\S'

/** A body that may be left out; it reads as null then. */
export const optionalBody = <Body extends TObject>(body: Body) =>
	Type.Unsafe<Static<Body> | null>({ ...body, type: ['object', 'null'] })

const IN = new Map<string, Fault['in']>([
	['body', 'body'],
	['querystring', 'query'],
	['params', 'path'],
	['headers', 'header'],
])

/** The validators of all routes: strict for bodies, by text for addresses and headers, every fault at once. */
export function useValidation(app: FastifyInstance): void {
	const bodies = strict()
	const addresses = textual()
	app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => (httpPart === 'body' ? bodies : addresses).compile(schema))
	app.addHook('preValidation', async (request) => {
		for (const [part, value] of [
			['body', request.body],
			['query', request.query],
			['path', request.params],
		] as const) {
			const pointer = findUnstorableText(value)
			if (pointer !== undefined) {
				const message = 'holds a NUL character or half of a surrogate pair: send text that is valid Unicode'
				throw httpProblem('validation_failed', { errors: [{ in: part, pointer, code: 'text', message }] satisfies Fault[] })
			}
		}
	})
}

/** The problem for what a validator found, with a pointer to each fault. */
export function validationProblem(errors: readonly FastifySchemaValidationError[], context: string | undefined): Problem {
	const part = IN.get(context ?? '') ?? 'body'
	return httpProblem('validation_failed', { errors: faultsOf(errors).map((fault) => ({ in: part, ...fault })) })
}

type SchemaError = Pick<ErrorObject, 'keyword' | 'instancePath' | 'params' | 'message'> | FastifySchemaValidationError

/**
 * Faults of a value in words. Of a `oneOf`/`anyOf` the faults of its branches are told, not that no branch fits; a missing or
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

function wordsOf(keyword: string, params: Record<string, unknown>, message = 'is not valid'): string {
	if (keyword === 'required') return 'is missing'
	if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties')
		return 'is not a field this route knows: leave it out'
	if (keyword === 'enum' && Array.isArray(params['allowedValues'])) return `must be one of ${params['allowedValues'].join(', ')}`
	if (keyword === 'const') return `must be ${JSON.stringify(params['allowedValue'])}`
	if (keyword === 'pattern' && params['pattern'] === NOT_BLANK) return 'must not be blank'
	return message
}

const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
