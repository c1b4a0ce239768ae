import type { Operation, Schema } from './openapi.ts'

/** Chance that can be repeated: numbers from 0 to 1 out of a seed (mulberry32). */
export function createChance(seed: number) {
	let state = seed
	const next = (): number => {
		state = (state + 0x6d2b79f5) | 0
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
	}
	return {
		/** A whole number from 0 to `limit` - 1. */
		below: (limit: number): number => Math.floor(next() * limit),
		happens: (probability: number): boolean => next() < probability,
		pick: <Item>(items: readonly Item[]): Item => {
			const item = items[Math.floor(next() * items.length)]
			if (item === undefined) throw new Error('nothing to pick from')
			return item
		},
	}
}
export type Chance = ReturnType<typeof createChance>

/** Values for names that a schema alone tells too little of: phones, codes, ids that exist (`orders/{id}`). */
export type Known = Readonly<Record<string, readonly unknown[]>>

/** A value that fits the schema, as far as it can be made without reading patterns; `known` comes first. */
export function sampleOf(schema: Schema, chance: Chance, known: Known, name = ''): unknown {
	const own = known[name]
	if (own !== undefined) return chance.pick(own)
	if (schema['const'] !== undefined) return schema['const']
	if (schema.enum !== undefined) return chance.pick(schema.enum)
	const branches = schema.oneOf ?? schema.anyOf
	if (branches !== undefined) return sampleOf(chance.pick(branches), chance, known, name)
	const type = typeof schema.type === 'string' ? schema.type : chance.pick(schema.type ?? ['null'])
	switch (type) {
		case 'object':
			return sampleObject(schema, chance, known)
		case 'integer':
			return Number(schema['minimum'] ?? 0) + chance.below(3)
		case 'boolean':
			return chance.happens(0.5)
		case 'string':
			return schema['format'] === 'date-time' ? '2026-11-23T10:00:00Z' : 'текст'
		default:
			return null
	}
}

function sampleObject({ properties = {}, required = [] }: Schema, chance: Chance, known: Known): Record<string, unknown> {
	const taken = Object.entries(properties).filter(([name]) => required.includes(name) || chance.happens(0.5))
	return Object.fromEntries(taken.map(([name, property]) => [name, sampleOf(property, chance, known, name)]))
}

/** A request as it is to be sent; `body` is text already, undefined for none. */
export type PlannedRequest = {
	readonly operation: Operation
	readonly method: string
	readonly path: string
	readonly query: readonly (readonly [string, string])[]
	readonly headers: Readonly<Record<string, string>>
	readonly body: unknown
}

/** A request that the operation takes, as far as the document tells. */
export function requestOf(operation: Operation, chance: Chance, known: Known): PlannedRequest {
	const { method, parameters = [], requestBody } = operation
	const values = parameters
		.filter((parameter) => parameter.in === 'path' || chance.happens(0.4))
		.map((parameter) => {
			const parts = operation.path.split('/')
			const placed = `${parts[parts.indexOf(`{${parameter.name}}`) - 1]}/{${parameter.name}}`
			const name = parameter.in === 'path' ? placed : parameter.name
			return { ...parameter, value: String(sampleOf(parameter.schema, chance, known, name)) }
		})
	const path = values
		.filter((value) => value.in === 'path')
		.reduce((filled, { name, value }) => filled.replace(`{${name}}`, encodeURIComponent(value)), operation.path)
	const schema = requestBody?.content['application/json']?.schema
	return {
		operation,
		method,
		path,
		query: values.filter((value) => value.in === 'query').map(({ name, value }) => [name, value] as const),
		headers: Object.fromEntries(values.filter((value) => value.in === 'header').map(({ name, value }) => [name, value])),
		body: schema && sampleOf(schema, chance, known),
	}
}
