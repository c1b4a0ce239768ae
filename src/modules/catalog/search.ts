import { type RawBuilder, sql as expression } from 'kysely'
import { patternOf } from '../../platform/db/conditions.ts'
import type { Sql } from '../../platform/db/database.ts'
import { planAnew } from '../../platform/db/statements.ts'

/** A search takes this many words at the most; what is beyond narrows no further. */
const SEARCH_WORDS_MAX = 8
/** Few, so that a word of many е stays cheap to look for. */
const SPELLINGS_MAX = 8
/** So many words, the nearest, may have been meant by one with a typo. */
const LIKE_WORDS_MAX = 8

/** What a product's text must hold: of each word one of its spellings, as it is or as a part of a word. */
export type Words = readonly (readonly string[])[]

type Reading<Row> = {
	/** Reads the page that is asked for. */
	readonly page: (words: Words) => Promise<Row[]>
	/** Whether a product holds them that is not on the page, but before it or at another price. */
	readonly isHeld: (words: Words) => Promise<boolean>
}

/** Looks for the words of a query as they are and, only where no product has them all, for words like them (typos). */
export async function searched<Row>(sql: Sql, search: string | undefined, { page, isHeld }: Reading<Row>): Promise<Row[]> {
	const asked = wordsOf(search)
	const words = asked.map(spellingsOf)
	const exact = await page(words)
	if (exact.length > 0 || asked.length === 0 || (await isHeld(words))) return exact
	const meant = await findLikeWords(sql, asked)
	if (meant.every(({ like }) => like.length === 0)) return exact
	return page(meant.map(({ word, like }) => [...spellingsOf(word), ...like]))
}

/** One of the spellings stands in the text: by the trigram index. */
export const standsIn = (spellings: readonly string[]): RawBuilder<boolean> =>
	expression<boolean>`(${expression.join(
		spellings.map((spelling) => expression`search_text like ${patternOf(spelling)}`),
		expression` or `,
	)})`

/**
 * The same of a text that is read anyway, by one statement as well: nearly all words have four spellings at the most, and `strpos` is
 * three times as quick as `like`.
 */
export function isMetIn([first, second, third, fourth, ...others]: readonly string[]): RawBuilder<boolean> {
	const eachOfFour = [first, second, third, fourth].map(
		(spelling) => expression`strpos(search_text, ${spelling ?? null}::text) > 0`,
	)
	const anyOther = expression`search_text like any(array(select string_to_table(${patternsOf(others)}, ' ')))`
	return expression<boolean>`(${expression.join([...eachOfFour, anyOther], expression` or `)})`
}

/** As one text, for no word holds a space. */
const patternsOf = (spellings: readonly string[]): RawBuilder<string> => expression`${spellings.map(patternOf).join(' ')}::text`

const wordsOf = (search = ''): string[] =>
	search.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean).slice(0, SEARCH_WORDS_MAX)

/**
 * The spellings that a text may have of a word, with ё and with е: people type one and mean both. A Russian word has one ё at
 * the most, but for a few compounds.
 */
function spellingsOf(word: string): string[] {
	const plain = word.replaceAll('ё', 'е')
	const dotted = [...plain.matchAll(/е/g)].map(({ index }) => `${plain.slice(0, index)}ё${plain.slice(index + 1)}`)
	return [...new Set([word, plain, ...dotted])].slice(0, SPELLINGS_MAX)
}

/**
 * Finds known words like those asked for, which are split as the texts were whose words fill `product_words` (`words_of`).
 * Comparing with each text instead costs fifty times as much.
 */
async function findLikeWords(sql: Sql, asked: readonly string[]): Promise<{ word: string; like: string[] }[]> {
	const words = asked
		.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u))
		.filter(Boolean)
		.slice(0, SEARCH_WORDS_MAX)
	return planAnew(
		sql,
		expression<{ word: string; like: string[] }>`
			select asked.word, array(
				select known.word from product_words as known where known.word %>> asked.word
				order by strict_word_similarity(asked.word, known.word) desc, known.word limit ${LIKE_WORDS_MAX}
			) as like
			from json_array_elements_text(${JSON.stringify(words)}::text::json) as asked (word)`,
	)
}
