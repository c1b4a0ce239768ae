import type { Static } from 'typebox'
import type { Config } from '../../platform/config.ts'
import { invalid, type Locale } from '../../platform/http/problem.ts'
import { customerProblem } from './problems.ts'
import type { Registration } from './queries.ts'
import type { RegistrationBody } from './schemas.ts'

/**
 * A name as it is kept, without the spaces around it; throws `validation_failed` when it is blank or not one line of text, with
 * the pointer to where it stood.
 */
export function requireName(text: string, pointer = '/name'): string {
	const name = text.trim()
	if (/^\P{Cc}+$/u.test(name)) return name
	throw invalid({ in: 'body', pointer, code: 'name', message: name === '' ? BLANK : NOT_ONE_LINE })
}

const BLANK = {
	en: 'is blank: write how to address the person',
	ru: 'не заполнено: напишите, как обращаться к человеку',
}
const NOT_ONE_LINE = {
	en: 'holds a line break or a control character: write it in one line',
	ru: 'содержит перевод строки или управляющий символ: напишите одной строкой',
}

type Reading = {
	readonly config: Config
	/** The language of the request, for whoever names none. */
	readonly asked: Locale
	/** Where in the body it stands. */
	readonly pointer?: string
}

/**
 * What a registration asks for. Throws `validation_failed` or `consent_required`. The text that is agreed to now goes along, should
 * another one be in force when the account is made.
 */
export function readRegistration(
	{ name, email, consent, locale }: Omit<Static<typeof RegistrationBody>, 'phone'>,
	{ config, asked, pointer = '' }: Reading,
): Registration {
	const registration = {
		name: requireName(name, `${pointer}/name`),
		email,
		locale: locale ?? asked,
		consent_version: config.CONSENT_VERSION,
	}
	if (consent !== true) throw customerProblem('consent_required')
	return registration
}
