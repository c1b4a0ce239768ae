import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { reasonOf } from '../platform/telemetry/reason.ts'
import { jsonIn } from './json.ts'

type Call<Schema extends TSchema> = {
	/** What the answer must have at least. */
	readonly answer: Schema
	/** Sent as JSON. */
	readonly body?: unknown
	readonly headers?: Readonly<Record<string, string>>
}

/** The API as somebody calls it from outside. */
export type ShopClient = {
	readonly url: string
	/** Calls a route, as in `call('GET /v1/cart', …)`; throws a Refusal with what the shop says when it says no. */
	call<Schema extends TSchema>(route: string, call: Call<Schema>): Promise<Static<Schema>>
	/** The same as somebody who is signed in. */
	as(token: string): ShopClient
}

/** The shop says no. */
export class Refusal extends Error {
	readonly status: number
	/** Of its problem; empty where the answer has none: then somebody before the shop has answered. */
	readonly code: string

	constructor(status: number, code: string, message: string) {
		super(message)
		this.name = 'Refusal'
		this.status = status
		this.code = code
	}
}

const REQUEST_TIMEOUT_MS = 10_000
const ProblemAnswer = Type.Object({
	code: Type.String(),
	title: Type.String(),
	errors: Type.Optional(Type.Array(Type.Object({ pointer: Type.String(), message: Type.String() }))),
})

export function createShopClient(url: string, signal: AbortSignal, token?: string): ShopClient {
	return {
		url,
		as: (other) => createShopClient(url, signal, other),
		async call(route, { answer, body, headers = {} }) {
			const [method = 'GET', path = '/'] = route.split(' ')
			const response = await fetch(url + path, {
				method,
				signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
				headers: {
					'accept-language': 'en',
					...headers,
					...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			})
			if (!response.ok) throw await refusalOf(response, route)
			const said = jsonIn(Buffer.from(await response.arrayBuffer()))
			if (!Value.Check(answer, said))
				throw new Error(`The shop's answer to ${route} has another shape than expected: is it a Prilavok?`)
			return said
		},
	}
}

/** Reads an answer that is a refusal. */
export async function refusalOf(response: Response, route: string): Promise<Refusal> {
	const said = jsonIn(Buffer.from(await response.arrayBuffer()))
	const known = Value.Check(ProblemAnswer, said) ? said : undefined
	const faults = (known?.errors ?? []).map(({ pointer, message }) => `\n  - ${pointer} ${message}`).join('')
	const words = known === undefined ? '' : ` ${known.code}: ${known.title}${faults}`
	return new Refusal(response.status, known?.code ?? '', `The shop answers ${response.status} to ${route}.${words}`)
}

/** Throws an Error that says what to do unless a shop serves there. */
export async function requireShop(url: string, signal: AbortSignal): Promise<void> {
	const response = await fetch(`${url}/health/ready`, {
		signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
	}).catch((error: unknown) => {
		signal.throwIfAborted()
		throw new Error(
			`Nothing answers at ${url} (${reasonOf(error)}): start the service by "npm start", or say where it is by --url.`,
			{
				cause: error,
			},
		)
	})
	await response.body?.cancel()
	if (!response.ok)
		throw new Error(`${url}/health/ready answers ${response.status}: wait until the service is ready, or look into its log.`)
}
