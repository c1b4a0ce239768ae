import type { GreetingSms, LoginCodeSms, PhoneChangedSms } from '../../events/notifications.ts'
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

const PHONE_CHANGED: Record<Locale, Record<'former' | 'current', string>> = {
	ru: {
		former: 'В вашем аккаунте указан другой телефон: войти с этим больше нельзя. Если вы об этом не просили, сразу сообщите нам.',
		current: 'Теперь вы входите в магазин по этому телефону. Если вы об этом не просили, сообщите нам.',
	},
	en: {
		former: 'Your account has another phone now: you can’t sign in with this one. If you did not ask for that, tell us at once.',
		current: 'You sign in to the shop with this phone now. If you did not ask for that, tell us.',
	},
}

/** The SMS to a phone that no longer is, or has become, the one that somebody signs in with. Neither learns the other one. */
export function phoneChangedSms(
	to: { phone: string; locale: Locale },
	phone: 'former' | 'current',
): Static<typeof PhoneChangedSms> {
	const text = PHONE_CHANGED[to.locale][phone]
	return { channel: 'sms', template: 'phone_changed', recipient: { phone: to.phone }, locale: to.locale, text, data: { phone } }
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
