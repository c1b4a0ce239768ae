import type { Static } from 'typebox'
import type { Config } from '../../platform/config.ts'
import { invalid, type Locale } from '../../platform/http/problem.ts'
import { type Phone, requirePhone } from './phone.ts'
import { customerProblem } from './problems.ts'
import type { Registration } from './queries.ts'
import type { RegistrationBody } from './schemas.ts'

/** A name as it is kept, without the spaces around it; throws `validation_failed` when it is blank or not one line of text. */
export function requireName(text: string): string {
	const name = text.trim()
	if (/^\P{Cc}+$/u.test(name)) return name
	const message =
		name === '' ? 'is blank: write how to address the person' : 'holds a line break or a control character: write it in one line'
	throw invalid({ in: 'body', pointer: '/name', code: 'name', message })
}

/**
 * What a registration asks for. Throws `validation_failed` or `consent_required`. The text that is agreed to now is kept with
 * the code, should another one be in force when it comes back.
 */
export function readRegistration(
	{ name, phone, email, consent, locale }: Static<typeof RegistrationBody>,
	{ config, asked }: { config: Config; asked: Locale },
): { readonly phone: Phone; readonly registration: Registration } {
	const registration = {
		name: requireName(name),
		email,
		locale: locale ?? asked,
		consent_version: config.CONSENT_VERSION,
	}
	const read = { phone: requirePhone(phone, config), registration }
	if (consent !== true) throw customerProblem('consent_required')
	return read
}
