import type { Locale } from '../../src/platform/http/problem.ts'
import type { Client, RequestOptions } from './client.ts'

/** A caller in the language that is asked for. */
export type Speak = (client: Client) => Pick<Client, 'get' | 'post' | 'put' | 'patch' | 'delete'>

export const speaker =
	(locale: Locale): Speak =>
	(client) => {
		const options = (given: RequestOptions = {}) => ({ ...given, headers: { 'accept-language': locale, ...given.headers } })
		return {
			get: (path, given) => client.get(path, options(given)),
			post: (path, given) => client.post(path, options(given)),
			put: (path, given) => client.put(path, options(given)),
			patch: (path, given) => client.patch(path, options(given)),
			delete: (path, given) => client.delete(path, options(given)),
		}
	}
