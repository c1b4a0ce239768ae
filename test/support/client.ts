/** An answer of the API. */
export type Answer = {
	readonly status: number
	readonly headers: Headers
	/** The parsed JSON; the text where it is none; null where there is no body. Tests look into it freely. */
	// biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it finds
	readonly body: any
	/** The body as it came: where bytes matter. */
	readonly text: string
}

export type RequestOptions = {
	/** Sent as JSON. */
	readonly body?: unknown
	/** Sent as it is, with `content-type: application/json` unless a header says otherwise. */
	readonly raw?: string | Buffer
	readonly headers?: Readonly<Record<string, string>>
}

/** Calls the API as somebody: `await anna.put('/cart/items/10', { body: { quantity: 2 } })`. Paths stand under /v1. */
export type Client = {
	request(method: string, path: string, options?: RequestOptions): Promise<Answer>
	get(path: string, options?: RequestOptions): Promise<Answer>
	post(path: string, options?: RequestOptions): Promise<Answer>
	put(path: string, options?: RequestOptions): Promise<Answer>
	patch(path: string, options?: RequestOptions): Promise<Answer>
	delete(path: string, options?: RequestOptions): Promise<Answer>
	/** The same with another token. */
	as(token: string): Client
}

/** A client of the service at `url`; paths that begin with `//` are taken from the root instead of /v1. */
export function createClient(url: string, token?: string): Client {
	const request: Client['request'] = async (method, path, { body, raw, headers = {} } = {}) => {
		const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
		const response = await fetch(path.startsWith('//') ? url + path.slice(1) : `${url}/v1${path}`, {
			method,
			redirect: 'manual',
			headers: {
				...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
				...(sent === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			...(sent === undefined ? {} : { body: typeof sent === 'string' ? sent : new Uint8Array(sent) }),
		})
		const text = isStream(response) ? await firstOf(response) : await response.text()
		return { status: response.status, headers: response.headers, body: parse(text), text }
	}
	return {
		...verbsOf(request),
		as: (other) => createClient(url, other),
	}
}

/** A client's methods but `as`, by the one for all of them. */
export const verbsOf = (request: Client['request']): Omit<Client, 'as'> => ({
	request,
	get: (path, options) => request('GET', path, options),
	post: (path, options) => request('POST', path, options),
	put: (path, options) => request('PUT', path, options),
	patch: (path, options) => request('PATCH', path, options),
	delete: (path, options) => request('DELETE', path, options),
})

/** What a refusal is told by: its status and its problem's code. */
export const codeOf = ({ status, body }: Answer): [number, string] => [status, body.code]

const isStream = ({ headers }: Response): boolean => headers.get('content-type')?.startsWith('text/event-stream') === true

/** How a stream begins, which has no end; then goes. */
async function firstOf({ body }: Response): Promise<string> {
	const reader = body?.getReader()
	const chunk = await reader?.read()
	await reader?.cancel()
	return Buffer.from(chunk?.value ?? []).toString()
}

function parse(text: string): unknown {
	if (text === '') return null
	try {
		return JSON.parse(text)
	} catch (error) {
		if (error instanceof SyntaxError) return text
		throw error
	}
}
