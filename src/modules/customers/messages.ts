import type { GreetingSms, LoginCodeSms } from '../../events/notifications.ts'
import type { Static } from 'typebox'
import type { Locale } from '../../platform/http/problem.ts'

const LOGIN_CODE: Record<Locale, (code: string) => string> = {
	ru: (code) => `Код для входа: ${code}. Никому его не говорите.`,
	en: (code) => `Your sign-in code: ${code}. Don't tell it to anyone.`,
}

const GREETING: Record<Locale, (name: string) => string> = {
	ru: (name) => `Здравствуйте, ${name}! Спасибо за регистрацию.`,
	en: (name) => `Hello, ${name}! Thank you for registering.`,
}

/** The SMS with a code. Its last line lets phones fill the code in on that domain only (the "origin-bound one-time codes" format). */
export function loginCodeSms(to: { phone: string; locale: Locale }, code: string, domain: string): LoginCodeSms {
	const text = `${LOGIN_CODE[to.locale](code)}\n\n@${domain} #${code}`
	return { channel: 'sms', template: 'login_code', recipient: { phone: to.phone }, locale: to.locale, text, data: { code } }
}

/** The SMS that greets somebody who has just registered. */
export function greetingSms(to: { phone: string; name: string; locale: Locale }): Static<typeof GreetingSms> {
	const { phone, name, locale } = to
	return { channel: 'sms', template: 'greeting', recipient: { phone }, locale, text: GREETING[locale](name), data: { name } }
}
