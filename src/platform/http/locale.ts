import type { IncomingMessage } from 'node:http'
import Negotiator from 'negotiator'
import { Type } from 'typebox'
import type { Locale } from './problem.ts'

const LOCALES: Locale[] = ['ru', 'en']

export const LocaleSchema = Type.Enum(['ru', 'en'], { description: 'Language of messages: Russian or English' })

/** The language that the caller asks for by `Accept-Language`; Russian when it names none of ours. */
export function localeOf(request: Pick<IncomingMessage, 'headers'>): Locale {
	if (request.headers['accept-language'] === undefined) return 'ru'
	return new Negotiator({ headers: request.headers }).language(LOCALES) === 'en' ? 'en' : 'ru'
}
