import { type TSchema, Type } from 'typebox'
import { findUnstorableText } from '../text.ts'
import { invalid } from './problem.ts'

const PAGE_DEFAULT = 20
const PAGE_MAX = 100
const CURSOR_MAX_CHARACTERS = 500

/** The query of a list: `limit` and the `cursor` of the page before. */
export const pageQuery = {
	limit: Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: PAGE_DEFAULT, description: 'Entries on a page' }),
	cursor: Type.Optional(
		Type.String({
			maxLength: CURSOR_MAX_CHARACTERS,
			description: '`next_cursor` of the page before; goes with the same filters and sort',
		}),
	),
}

/** A page of a list. */
export const pageOf = <Item extends TSchema>(item: Item) =>
	Type.Object({
		data: Type.Array(item),
		next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'For the next page; null on the last' }),
	})

export type Page<Item> = { data: Item[]; next_cursor: string | null }

/** Where a page ended: the sort it belongs to and the sort key of its last entry. */
export type Cursor = readonly [sort: string, ...key: (string | number)[]]

/** A page out of one entry more than asked for: that one tells whether there is a next page. */
export function toPage<Row, Item>(
	rows: readonly Row[],
	limit: number,
	map: { item: (row: Row) => Item; cursor: (row: Row) => Cursor },
): Page<Item> {
	const page = rows.slice(0, limit)
	const last = page.at(-1)
	const more = rows.length > limit && last !== undefined
	return { data: page.map(map.item), next_cursor: more ? encodeCursor(map.cursor(last)) : null }
}

const encodeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

/**
 * The sort key that a cursor stands for, checked against `key`. A cursor that is not ours, or belongs to another sort, is
 * 400 `validation_failed`.
 */
export function decodeCursor<Key extends ('string' | 'number')[]>(
	cursor: string,
	sort: string,
	key: readonly [...Key],
): { [Index in keyof Key]: Key[Index] extends 'number' ? number : string } {
	const [cursorSort, ...values] = parse(cursor)
	if (cursorSort !== sort || values.length !== key.length || !values.every((value, index) => isKey(value, key[index]))) {
		const message = {
			en: 'is not a cursor of this list and sort: take next_cursor as it came, or leave it out for the first page',
			ru: 'не является курсором этого списка с этой сортировкой: передайте next_cursor без изменений или начните с первой страницы',
		}
		throw invalid({ in: 'query', pointer: '/cursor', code: 'cursor', message })
	}
	// Each value's type was compared with `key` above, which TypeScript can't follow through the mapped type.
	// oxlint-disable-next-line typescript/no-unsafe-type-assertion
	return values as { [Index in keyof Key]: Key[Index] extends 'number' ? number : string }
}

/** The last moment that a cursor may speak of: the end of the year 9999. */
const MOMENT_MAX_MS = 253_402_300_799_999

/** A moment out of a cursor, in milliseconds since 1970; whatever number somebody has put there, it is one that a database knows. */
export const momentOfCursor = (ms: number): Date => new Date(Math.min(Math.max(ms, 0), MOMENT_MAX_MS))

const isKey = (value: unknown, type: 'string' | 'number' | undefined): boolean =>
	type === 'number' ? Number.isSafeInteger(value) : typeof value === 'string' && findUnstorableText(value) === undefined

function parse(cursor: string): unknown[] {
	try {
		const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
		return Array.isArray(value) ? value : []
	} catch (error) {
		if (error instanceof SyntaxError) return []
		throw error
	}
}
