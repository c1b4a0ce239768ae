import { type RawBuilder, sql as expression } from 'kysely'

/** All of the conditions of a statement that is put together; of none, what is always so. */
export const and = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<boolean> =>
	conditions.length === 0 ? expression<boolean>`true` : expression<boolean>`${expression.join(conditions, expression` and `)}`

/** The condition for a filter that was given, else none. */
export const given = <Value>(
	value: Value | undefined,
	condition: (value: Value) => RawBuilder<unknown>,
): RawBuilder<unknown>[] => (value === undefined ? [] : [condition(value)])

/** The pattern of `like` for what holds a text somewhere. */
export const patternOf = (part: string): string => `%${part.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
