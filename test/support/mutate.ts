import type { Chance, PlannedRequest } from './sample.ts'

/** A planned request after something was done to it; `raw` is sent in place of the body. */
export type Mutated = PlannedRequest & { readonly raw?: string | Buffer; readonly done: readonly string[] }

const NASTY_STRINGS: readonly string[] = [
	'',
	' ',
	'0',
	'true',
	'\0',
	'a\0b',
	'\ud800',
	'\udc00x',
	'\u202egnp.exe',
	'ж'.repeat(2_000),
	'👍'.repeat(300),
	"'; drop table orders; --",
	'%s%n$1{{7*7}}',
	'<script>alert(1)</script>',
	'../../../../etc/passwd',
	'2026-02-30T25:61:61Z',
	'00000000-0000-0000-0000-00000000000g',
	'+7900',
]
const NASTY_VALUES: readonly unknown[] = [
	...NASTY_STRINGS,
	null,
	true,
	0,
	-1,
	1.5,
	1e308,
	Number.MAX_SAFE_INTEGER,
	2 ** 53,
	-(2 ** 64),
	[],
	{},
	[[[]]],
	{ a: { b: null } },
	['x', 1, null],
]
const NASTY_NAMES = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'hasOwnProperty',
	'extra',
	'',
	'\0',
	'\ud800',
	'a/b~c',
	'$ref',
]
const NASTY_TEXTS = [
	'%',
	'%00',
	'%ff',
	'%ud800',
	'..',
	'.',
	'%2e%2e%2f',
	'-1',
	'1e3',
	'0x10',
	'99999999999999999999',
	' ',
	'+',
	'null',
	"'",
	'*',
	'🦄',
	'a'.repeat(150),
]
const NASTY_HEADERS: readonly (readonly [string, readonly string[]])[] = [
	[
		'content-type',
		['text/plain', 'application/xml', 'application/json; charset=utf-16', 'nonsense', 'multipart/form-data; boundary=x', ''],
	],
	['accept-language', ['*', 'xx', 'en;q=2', ';;;', 'ru,en;q=0.0001', 'a'.repeat(5_000)]],
	['idempotency-key', ['', ' ', 'k'.repeat(65), 'é', '\t', '0']],
	['if-match', ['*', '"0"', 'W/"1"', '"99999999999"', '1', '""']],
	['range', ['bytes=0-0', 'bytes=-1', 'bytes=9-1', 'lines=1-2', 'bytes=0-1,2-3', 'bytes=99999999999999999999-']],
	['if-none-match', ['*', '"x"', 'W/"x", "y"']],
	['prefer', ['return=minimal', 'return=nonsense', ',,,']],
	['authorization', ['', 'Bearer', 'Bearer  ', 'Basic eDp5', 'Bearer prk_x', `Bearer ${'x'.repeat(5_000)}`, 'bearer é']],
	['cookie', ['__Host-session=x', '__Host-staff=x; a', '=;=;=', 'x'.repeat(5_000)]],
	['origin', ['null', 'http://evil.example', 'not an origin']],
]

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Does something to a value somewhere within the body. A copy: the body given stays as it is. */
function mutateBody(body: unknown, chance: Chance): unknown {
	if (!isObject(body) || Object.keys(body).length === 0 || chance.happens(0.15)) return chance.pick(NASTY_VALUES)
	const entries = Object.entries(body)
	const at = chance.below(entries.length)
	const [name, value] = entries[at] ?? ['', null]
	switch (chance.below(4)) {
		case 0:
			return Object.fromEntries(entries.toSpliced(at, 1))
		case 1:
			return Object.fromEntries([...entries, [chance.pick(NASTY_NAMES), chance.pick(NASTY_VALUES)]])
		case 2:
			return Object.fromEntries(entries.with(at, [name, mutateBody(value, chance)]))
		default:
			// Of the right type more often than not, so that it gets past the first check.
			return Object.fromEntries(entries.with(at, [name, chance.pick(typeof value === 'string' ? NASTY_STRINGS : NASTY_VALUES)]))
	}
}

/** Does something to the text of the body. */
function mutateText(text: string, chance: Chance): string | Buffer {
	const at = chance.below(text.length + 1)
	switch (chance.below(7)) {
		case 0:
			return text.slice(0, at)
		case 1:
			return text.slice(0, at) + chance.pick(['{', '}', '[', '"', ',', '\\', '\u0000', '\u2028', 'NaN']) + text.slice(at)
		case 2:
			return Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from(text.slice(at))])
		case 3:
			return text.replace('{', '{"__proto__": {"admin": true}, "constructor": {"prototype": {}}, ')
		case 4:
			// The same name twice.
			return text.replace(/("\w+":)/, '$1null,$1')
		case 5:
			return `${'['.repeat(20_000)}${']'.repeat(20_000)}`
		default:
			return chance.pick(['', ' ', 'null', '0', '""', '{', '\ufeff{}', `{"a":"${'x'.repeat(70_000)}"}`])
	}
}

/** Does something to one part of the request. */
function mutateOnce(request: Mutated, chance: Chance): Mutated {
	const done = (what: string) => [...request.done, what]
	switch (chance.below(request.body === undefined ? 4 : 8)) {
		case 0: {
			const { parameters = [] } = request.operation
			const own = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
			const name = chance.pick(own.length > 0 && chance.happens(0.7) ? own : NASTY_NAMES)
			const others = request.query.filter(([other]) => other !== name || chance.happens(0.2))
			const query = [...others, [name, chance.pick(NASTY_TEXTS)] as const]
			return { ...request, query, done: done('query') }
		}
		case 1: {
			const parts = request.path.split('/')
			const path = parts.with(chance.below(parts.length - 2) + 2, chance.pick(NASTY_TEXTS)).join('/')
			return { ...request, path, done: done('path') }
		}
		case 2: {
			const [name, values] = chance.pick(NASTY_HEADERS)
			return { ...request, headers: { ...request.headers, [name]: chance.pick(values) }, done: done(`header ${name}`) }
		}
		case 3:
			return {
				...request,
				method: chance.pick(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
				done: done('method'),
			}
		case 4:
			return { ...request, raw: mutateText(JSON.stringify(request.body), chance), done: done('text') }
		default:
			return { ...request, body: mutateBody(request.body, chance), done: done('body') }
	}
}

/** A request with one or two things done to it; one in five is left as it was. */
export function mutate(planned: PlannedRequest, chance: Chance): Mutated {
	let request: Mutated = { ...planned, done: [] }
	for (let times = chance.happens(0.2) ? 0 : 1 + chance.below(2); times > 0; times--) request = mutateOnce(request, chance)
	return request
}
