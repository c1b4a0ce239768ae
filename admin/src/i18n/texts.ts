import { type Locale, useLocale } from './locale.ts'

/** A text, or one that is made of what it is given. */
type Text = string | ((...given: never[]) => string)
type Table = Readonly<Record<string, Text>>
/** The same texts in another language: the same names, and the same to be given. */
type Translated<Texts extends Table> = { readonly [Name in keyof Texts]: Texts[Name] extends string ? string : Texts[Name] }

export type Texts<Ru extends Table> = { readonly ru: Ru; readonly en: Translated<Ru> }

/** The texts of a part of the panel in both languages; one that lacks a translation does not compile. */
export const defineTexts = <const Ru extends Table>(texts: { ru: Ru; en: Translated<NoInfer<Ru>> }): Texts<Ru> => texts

/** What `useTexts` gives of them: for what is handed words. */
export type WordsOf<Of> = Of extends Texts<infer Ru> ? Ru | Translated<Ru> : never

/** The texts in the language that is shown. */
export const useTexts = <Ru extends Table>(texts: Texts<Ru>): Ru | Translated<Ru> => texts[useLocale()]

const RULES: Readonly<Record<Locale, Intl.PluralRules>> = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') }

/** `1 заказ, 2 заказа, 5 заказов`, with the count in front. */
export function countRu(count: number, one: string, few: string, many: string): string {
	const rule = RULES.ru.select(count)
	return `${count.toLocaleString('ru')} ${rule === 'one' ? one : rule === 'few' ? few : many}`
}

/** `1 order, 2 orders`, with the count in front. */
export const countEn = (count: number, one: string, many: string): string =>
	`${count.toLocaleString('en')} ${RULES.en.select(count) === 'one' ? one : many}`
