import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type Answer, type Client, verbsOf } from './client.ts'
import type { TestShop } from './shop.ts'

/** A JSON Schema as it stands in the document. */
export type Schema = { readonly [keyword: string]: unknown } & {
	readonly type?: string | readonly string[]
	readonly properties?: Readonly<Record<string, Schema>>
	readonly required?: readonly string[]
	readonly enum?: readonly unknown[]
	readonly oneOf?: readonly Schema[]
	readonly anyOf?: readonly Schema[]
}

type Parameter = { readonly name: string; readonly in: 'path' | 'query' | 'header'; readonly schema: Schema }
type Answered = { readonly description?: string; readonly content?: Readonly<Record<string, object>> }
type Described = {
	readonly parameters?: readonly Parameter[]
	readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
	readonly responses: Readonly<Record<string, Answered>>
	readonly security?: readonly Readonly<Record<string, unknown>>[]
	readonly description?: string
}

/** A route as `/openapi.json` tells of it. */
export type Operation = Described & {
	/** `PUT /v1/cart/items/{product_id}` */
	readonly name: string
	readonly method: string
	readonly path: string
	/** Who may call it. */
	readonly who: 'anyone' | 'customer' | 'service' | 'staff'
}

export type OpenApi = {
	readonly operations: readonly Operation[]
	/** The operation that an address belongs to, without its query; undefined where there is none. */
	find(method: string, pathname: string): Operation | undefined
	/** Fails when the answer is not one that the operation lists, or its body does not have the shape told there. */
	assertListed(operation: Operation, answer: Answer): void
}

const WHO = ['customer', 'service', 'staff'] as const
const pointerOf = (...names: string[]): string =>
	names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Reads the document as a client would. */
export async function readOpenApi(guest: Client): Promise<OpenApi> {
	const { status, body: document } = await guest.get('//openapi.json')
	assert.equal(status, 200)
	const ajv = new Ajv2020({ strict: false, allErrors: true })
	addFormats.default(ajv)
	ajv.addSchema(document, 'openapi')
	const items: [string, Record<string, Described>][] = Object.entries(document.paths)
	const operations = items.flatMap(([path, methods]) =>
		Object.entries(methods).map(([lower, described]): Operation => {
			const method = lower.toUpperCase()
			const who = WHO.find((one) => described.security?.some((scheme) => one in scheme)) ?? 'anyone'
			return { ...described, name: `${method} ${path}`, method, path, who }
		}),
	)
	const patterns = operations.map((operation) => ({
		operation,
		pattern: new RegExp(`^${operation.path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+')}$`),
	}))
	return {
		operations,
		find: (method, pathname) => {
			const fits = patterns.filter(({ operation, pattern }) => operation.method === method && pattern.test(pathname))
			// `/sessions/current` rather than `/sessions/{id}`.
			return (fits.find(({ operation }) => operation.path === pathname) ?? fits[0])?.operation
		},
		assertListed({ name, method, path, responses }, { status, headers, body, text }) {
			const listed = responses[String(status)]
			assert.ok(listed, `${name} answers ${status}, but lists ${Object.keys(responses).join(', ')} only: ${text}`)
			if (text === '') return
			const [type = ''] = (headers.get('content-type') ?? '').split(';', 1)
			assert.ok(listed.content?.[type], `${name} ${status} is ${type}, but lists ${Object.keys(listed.content ?? {}).join(', ')}`)
			const pointer = pointerOf('paths', path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema')
			const validate = ajv.getSchema(`openapi#${encodeURI(pointer)}`)
			assert.ok(validate, `${name} ${status} has no schema`)
			assert.ok(validate(body), `${name} ${status}: ${ajv.errorsText(validate.errors)} in ${text}`)
		},
	}
}

/** The same shop, all of whose answers to this test are held against its document. */
export const checkedShop = async (shop: TestShop): Promise<TestShop> => ({
	...shop,
	guest: checkedClient(shop.guest, await readOpenApi(shop.guest)),
})

/** A client that holds each answer against the document. Addresses that are not in it are not looked at. */
export function checkedClient(client: Client, openapi: OpenApi): Client {
	const request: Client['request'] = async (method, path, options) => {
		const answer = await client.request(method, path, options)
		const [pathname = ''] = (path.startsWith('//') ? path.slice(1) : `/v1${path}`).split('?', 1)
		const operation = openapi.find(method, pathname)
		if (operation !== undefined) openapi.assertListed(operation, answer)
		return answer
	}
	return {
		...verbsOf(request),
		as: (token) => checkedClient(client.as(token), openapi),
	}
}
