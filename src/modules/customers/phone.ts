import { getCountryCodeForRegionCode, getExample, parsePhoneNumber } from 'awesome-phonenumber'
import type { Config } from '../../platform/config.ts'
import { invalid } from '../../platform/http/problem.ts'
import { searchKind } from './search-kind.ts'

/** A phone number that can exist: E.164, and the calling code of its country. */
export type Phone = { readonly number: string; readonly prefix: string }

/** Digits and what people put between them. The library would also look for a number within a text, and read letters as keys. */
const WRITTEN = /^\p{Cf}*[+＋]?[\p{Nd}\p{Zs}\p{Pd}\p{Cf}()./]+$/u

/**
 * Reads a phone number as people write it; without a calling code it is one of `country` (ISO 3166-1). Undefined when there
 * can be no such number, when it has an extension, which no SMS reaches, when whoever calls it pays a premium, or when it
 * belongs to no country, as satellite phones do.
 */
export function readPhone(text: string, country: string): Phone | undefined {
	const written = text.trim()
	if (!WRITTEN.test(written)) return undefined
	const phone = parsePhoneNumber(written, { regionCode: country })
	if (!phone.valid || phone.type === 'premium-rate') return undefined
	return { number: phone.number.e164, prefix: String(phone.countryCode) }
}

/** A phone number as people write it in E.164 (`+79001234567`), or undefined; the rules are those of `readPhone`. */
export const parsePhone = (text: string, country: string): string | undefined => readPhone(text, country)?.number

/**
 * Reads the phone of a body as people write it; without a calling code it is one of PHONE_COUNTRY. Returns it in E.164, with its
 * calling code. Throws `validation_failed` where `readPhone` finds none. An order's phone too: an SMS says when it is ready.
 */
export function requirePhone(text: string, { PHONE_COUNTRY }: Pick<Config, 'PHONE_COUNTRY'>): Phone {
	const phone = readPhone(text, PHONE_COUNTRY)
	if (phone !== undefined) return phone
	const message = {
		en: 'is not a phone number that can get an SMS: write it with its country code, like +7 900 123-45-67',
		ru: 'на такой номер нельзя отправить SMS: запишите его с кодом страны, например +7 900 123-45-67',
	}
	throw invalid({ in: 'body', pointer: '/phone', code: 'phone', message })
}

const PART_MIN_DIGITS = 3

/**
 * How a part of a phone number, as somebody types it into a search, may stand in E.164: `8 900 12` as `+790012`, `45-67` as
 * `4567`. Empty when the text is no part of a number.
 */
export function phonePartsOf(text: string, country: string): string[] {
	if (searchKind(text) !== 'phone') return []
	const digits = text.replaceAll(/\D/g, '')
	if (digits.length < PART_MIN_DIGITS) return []
	if (text.trim().startsWith('+')) return [digits, `+${digits}`]
	const code = getCountryCodeForRegionCode(country)
	// The country is a setting: text, of which the library knows a part.
	if (code === 0) return [digits]
	const trunk = trunkPrefixOf(country)
	return [digits, `+${code}${digits.startsWith(trunk) ? digits.slice(trunk.length) : digits}`]
}

/** What is dialled before a number within the country, as 8 in Russia; empty where there is nothing, or no such country. */
function trunkPrefixOf(country: string): string {
	const { number } = getExample(country)
	if (number === undefined) return ''
	const dialled = number.national.replaceAll(/\D/g, '')
	return dialled.endsWith(number.significant) ? dialled.slice(0, -number.significant.length) : ''
}
