import createClient from 'openapi-fetch'
import { currentLocale } from '../i18n/locale.ts'
import { ApiError, networkError, type Problem } from './problems.ts'
import type { paths } from './schema.gen.ts'

/** No answer of the service takes longer; files and streams have their own way. */
const TIMEOUT_MS = 20_000

/** The API, typed by openapi.json. Its answers go through `answerOf`. */
export const api = createClient<paths>({ baseUrl: location.origin })

api.use({
	onRequest({ request }) {
		request.headers.set('accept-language', currentLocale())
		return new Request(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]) })
	},
})

type Result<Data> = { data?: Data; error?: unknown; response: Response }

/** What an answer holds. Throws `ApiError` with the problem that the service tells, or that there was no answer. */
export async function answerOf<Data>(asked: Promise<Result<Data>>): Promise<Data> {
	const { data, error, response } = await asked.catch((reason: unknown) => {
		throw networkError(reason)
	})
	if (error !== undefined || !response.ok) throw new ApiError(response.status, problemOf(error, response))
	// An answer without a body, as 204 is one, has nothing in it by its type as well.
	// oxlint-disable-next-line typescript/no-unsafe-type-assertion
	return data as Data
}

/** What the service says is wrong; a proxy in front of it may say something of its own. */
function problemOf(error: unknown, { status, statusText }: Response): Problem {
	if (typeof error === 'object' && error !== null && 'code' in error && 'title' in error) {
		// The service's own form: every refusal of it has these (docs/errors.md).
		// oxlint-disable-next-line typescript/no-unsafe-type-assertion
		return error as Problem
	}
	return { code: 'unexpected', title: `${status} ${statusText}`, status }
}
