import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { reasonOf } from '../errors.ts'

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

	constructor(status: number, message: string) {
		super(message)
		this.name = 'Refusal'
		this.status = status
	}
}

const REQUEST_TIMEOUT_MS = 10_000
const ProblemAnswer = Type.Object({ code: Type.String(), title: Type.String() })

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
					...headers,
					...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			})
			const said: unknown = await response.json()
			if (!response.ok) {
				const problem = Value.Check(ProblemAnswer, said) ? `${said.code}: ${said.title}` : ''
				throw new Refusal(response.status, `The shop answers ${response.status} to ${route}. ${problem}`)
			}
			if (!Value.Check(answer, said))
				throw new Error(`The shop's answer to ${route} has another shape than expected: is it a Prilavok?`)
			return said
		},
	}
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
