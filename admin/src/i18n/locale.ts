import { useSyncExternalStore } from 'react'

const LOCALES = ['ru', 'en'] as const
export type Locale = (typeof LOCALES)[number]

const KEY = 'prilavok.locale'
const listeners = new Set<() => void>()

const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value)

/** What the person chose, or else what the browser prefers. */
function firstLocale(): Locale {
	const chosen = localStorage.getItem(KEY)
	if (isLocale(chosen)) return chosen
	return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLocale) ?? 'en'
}

let current = firstLocale()
document.documentElement.lang = current

export const currentLocale = (): Locale => current

/** Changes the language of the whole panel, here and at the next visit. */
export function setLocale(locale: Locale): void {
	current = locale
	localStorage.setItem(KEY, locale)
	document.documentElement.lang = locale
	for (const listener of listeners) listener()
}

export const useLocale = (): Locale =>
	useSyncExternalStore((listener) => {
		listeners.add(listener)
		return () => void listeners.delete(listener)
	}, currentLocale)
