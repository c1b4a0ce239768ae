import { AsYouType, type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { httpProblem, type Problem } from '../../platform/http/problem.ts'

/** A phone number that can exist: E.164, and the calling code of its country. */
export type Phone = { readonly number: string; readonly prefix: string }

/**
 * Reads a phone number as people write it; without a calling code it is one of `country` (ISO 3166-1). Undefined when there
 * can be no such number, when it has an extension, which no SMS reaches, or when whoever calls it pays a premium.
 */
export function readPhone(text: string, country: string): Phone | undefined {
	const phone = parsePhoneNumberFromString(text.trim(), { ...countryOption(country), extract: false })
	if (!phone?.isValid() || phone.ext !== undefined || phone.getType() === 'PREMIUM_RATE') return undefined
	return { number: phone.number, prefix: phone.countryCallingCode }
}

/** A phone number as people write it in E.164 (`+79001234567`), or undefined; the rules are those of `readPhone`. */
export const parsePhone = (text: string, country: string): string | undefined => readPhone(text, country)?.number

/** What a client is told when `readPhone` finds no number. */
export function phoneFault(): Problem {
	const message = 'is not a phone number that can get an SMS: write it with its country code, like +7 900 123-45-67'
	return httpProblem('validation_failed', { errors: [{ in: 'body', pointer: '/phone', code: 'phone', message }] })
}

const PART_MIN_DIGITS = 3

/**
 * How a part of a phone number, as somebody types it into a search, may stand in E.164: `8 900 12` as `+790012`, `45-67` as
 * `4567`. Empty when the text is no part of a number.
 */
export function phonePartsOf(text: string, country: string): string[] {
	if (!/^[\d\s()+.-]+$/.test(text)) return []
	const digits = text.replaceAll(/\D/g, '')
	if (digits.length < PART_MIN_DIGITS) return []
	const typed = new AsYouType(countryOption(country).defaultCountry)
	typed.input(text)
	return [...new Set([digits, typed.getNumberValue() ?? digits])]
}

/** The country is a setting: text, of which the library knows a part. */
function countryOption(country: string): { defaultCountry?: CountryCode } {
	return isSupportedCountry(country) ? { defaultCountry: country } : {}
}
