import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Answer } from '../support/client.ts'
import { type OpenApi, readOpenApi, type Schema } from '../support/openapi.ts'
import { type Person, PICKUP, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { type Speak, speaker } from '../support/speak.ts'
import { inviteByCommand, serviceWithKey, signInStaff, type StaffMember, totpOf } from '../support/staff.ts'

let shop: TestShop
let openapi: OpenApi
let anna: Person
let owner: StaffMember
let reporter: Awaited<ReturnType<typeof serviceWithKey>>

before(async () => {
	shop = await startTestShop()
	openapi = await readOpenApi(shop.guest)
	anna = await registerPerson(shop)
	owner = await signInStaff(shop, 'owner')
	reporter = await serviceWithKey(shop, 'reports')
})

/** What a request is told in each language, at which pointer. */
type Told = { readonly ask: (speak: Speak) => Promise<Answer>; readonly at: string; readonly ru: string; readonly en: string }

const user = { name: 'Ева', phone: '+79001234567', email: 'e@example.com', consent: true }
const register = (wrong: object) => (speak: Speak) => speak(shop.guest).post('/users', { body: { ...user, ...wrong } })
const fill = (body: object) => (speak: Speak) => speak(anna).put('/cart/items/1', { body })
const editSelf = (body: object) => (speak: Speak) => speak(anna).patch('/me', { body })
const list = (query: string) => (speak: Speak) => speak(shop.guest).get(`/products?${query}`)
const makeKey = (scopes: readonly string[]) => (speak: Speak) =>
	speak(owner).post('/admin/keys', { body: { name: 'accounting', scopes } })
const order = (delivery: object) => (speak: Speak) =>
	speak(anna).post('/orders', { headers: { 'idempotency-key': randomUUID() }, body: { phone: anna.phone, delivery } })
const askReport = (body: object) => (speak: Speak) => speak(reporter).post('/reports', { body })
const dropLetters = (count: number) => (speak: Speak) =>
	speak(owner).post('/admin/dead-letters/drop', { body: { ids: Array.from({ length: count }, (_, index) => index + 1) } })

/** Each rule that a schema of a route has, broken. Formats are told apart, for each has words of its own. */
const BROKEN: Readonly<Record<string, Told>> = {
	required: { ask: register({ phone: undefined }), at: '/phone', ru: 'нужно указать', en: 'is missing' },
	additionalProperties: {
		ask: fill({ quantity: 1, price: 1 }),
		at: '/price',
		ru: 'такого поля здесь нет: уберите его',
		en: 'is not a field this route knows: leave it out',
	},
	type: { ask: fill({ quantity: '1' }), at: '/quantity', ru: 'должно быть целым числом', en: 'must be integer' },
	enum: { ask: editSelf({ locale: 'de' }), at: '/locale', ru: 'должно быть одним из: ru, en', en: 'must be one of ru, en' },
	pattern: {
		ask: (speak) => speak(shop.guest).post('/sessions', { body: { phone: user.phone, code: '12' } }),
		at: '/code',
		ru: 'не подходит под шаблон "^[0-9]{6}$"',
		en: 'must match pattern "^[0-9]{6}$"',
	},
	'format email': {
		ask: register({ email: 'e' }),
		at: '/email',
		ru: 'должно быть адресом электронной почты',
		en: 'must match format "email"',
	},
	'format uuid': {
		ask: (speak) => speak(anna).get('/orders/7'),
		at: '/id',
		ru: 'должно быть идентификатором UUID',
		en: 'must match format "uuid"',
	},
	'format date-time': {
		ask: askReport({ from: 'вчера' }),
		at: '/from',
		ru: 'должно быть временем вида 2026-11-25T20:02:24+03:00',
		en: 'must match format "date-time"',
	},
	minimum: { ask: list('limit=0'), at: '/limit', ru: 'должно быть не меньше 1', en: 'must be >= 1' },
	maximum: { ask: list('limit=101'), at: '/limit', ru: 'должно быть не больше 100', en: 'must be <= 100' },
	minLength: {
		ask: register({ name: '' }),
		at: '/name',
		ru: 'знаков должно быть не меньше 1',
		en: 'must NOT have fewer than 1 characters',
	},
	maxLength: {
		ask: register({ name: 'я'.repeat(201) }),
		at: '/name',
		ru: 'знаков должно быть не больше 100',
		en: 'must NOT have more than 100 characters',
	},
	minItems: { ask: makeKey([]), at: '/scopes', ru: 'элементов должно быть не меньше 1', en: 'must NOT have fewer than 1 items' },
	maxItems: {
		ask: dropLetters(101),
		at: '/ids',
		ru: 'элементов должно быть не больше 100',
		en: 'must NOT have more than 100 items',
	},
	uniqueItems: {
		ask: makeKey(['reports', 'reports']),
		at: '/scopes',
		ru: 'элементы не должны повторяться',
		en: 'must NOT have duplicate items (items ## 0 and 1 are identical)',
	},
	minProperties: { ask: editSelf({}), at: '', ru: 'полей должно быть не меньше 1', en: 'must NOT have fewer than 1 properties' },
}

/** More of what is told where a rule has several ways to be broken. */
const MORE: Readonly<Record<string, Told>> = {
	'a text that must not be blank': {
		ask: order({ ...PICKUP, pickup_point_id: ' ' }),
		at: '/delivery/pickup_point_id',
		ru: 'не должно быть пустым',
		en: 'must not be blank',
	},
	'a value that may be one of several types': {
		ask: askReport([]),
		at: '',
		ru: 'должно быть объектом или null',
		en: 'must be object,null',
	},
	'a body where none is taken': {
		ask: (speak) => speak(anna).delete('/cart', { body: 'x' }),
		at: '',
		ru: 'должно быть объектом или null',
		en: 'must be object,null',
	},
	'a union of a kind that there is not': {
		ask: order({ method: 'drone' }),
		at: '/delivery/method',
		ru: 'должно быть одним из: courier, pickup',
		en: 'must be one of courier, pickup',
	},
	'a union without its kind': { ask: order({}), at: '/delivery/method', ru: 'нужно указать', en: 'is missing' },
}

/** Keywords that tell of a value and refuse none; of what none of `anyOf` takes the rules within are told. */
const TELLING = new Set(['title', 'description', 'default', 'properties', 'items', 'anyOf'])
/** The same where the kind is asked for beside them: what has none, or another one, breaks those rules. */
const TELLING_WITH_KIND = new Set([...TELLING, 'oneOf', 'discriminator'])

function asksForKind({ discriminator, required = [], properties = {} }: UnionSchema): boolean {
	const kind = discriminator?.propertyName
	return kind !== undefined && required.includes(kind) && properties[kind]?.enum !== undefined
}

type UnionSchema = Schema & { readonly discriminator?: { readonly propertyName: string }; readonly items?: UnionSchema }

/** The rules within a schema, each as it is named in `BROKEN`. */
function rulesOf(schema: UnionSchema): string[] {
	const telling = asksForKind(schema) ? TELLING_WITH_KIND : TELLING
	const own = Object.keys(schema)
		.filter((keyword) => !telling.has(keyword))
		.map((keyword) => (keyword === 'format' ? `format ${String(schema['format'])}` : keyword))
	const { properties = {}, oneOf = [], anyOf = [], items } = schema
	const within = [...Object.values(properties), ...oneOf, ...anyOf, ...(items === undefined ? [] : [items])]
	return [...own, ...within.flatMap(rulesOf)]
}

suite('What is wrong with a request is told in the language of Accept-Language', () => {
	test('for each rule that a schema of a route has', () => {
		const schemas = openapi.operations.flatMap(({ parameters = [], requestBody }) => [
			...parameters.map(({ schema }) => schema),
			...Object.values(requestBody?.content ?? {}).map(({ schema }) => schema),
		])
		assert.ok(schemas.length > 100, `${schemas.length} schemas were found`)
		assert.deepEqual([...new Set(schemas.flatMap(rulesOf))].sort(), Object.keys(BROKEN).sort())
	})

	for (const [rule, { ask, at, ...words }] of Object.entries({ ...BROKEN, ...MORE })) {
		test(`of ${rule}: «${words.ru}», "${words.en}"`, async () => {
			for (const locale of ['ru', 'en'] as const) {
				const { status, body, text } = await ask(speaker(locale))
				assert.deepEqual([status, body.code], [400, 'validation_failed'], text)
				const code = body.errors.find(({ pointer, message }: Fault) => pointer === at && message === words[locale])?.code
				assert.ok(code, `${locale}: nothing at "${at}" says "${words[locale]}" in ${text}`)
				if (rule in BROKEN) assert.equal(code, rule.split(' ')[0])
			}
		})
	}
})

type Fault = { readonly pointer: string; readonly code: string; readonly message: string }

/** Faults that no schema tells of: at which pointer, and by which request. */
const OWN: Readonly<Record<string, readonly [at: string, ask: Told['ask']]>> = {
	'a phone that can’t be': ['/phone', register({ phone: '12' })],
	'a blank name': ['/name', register({ name: '  ' })],
	'a name of two lines': ['/name', register({ name: 'Е\nва' })],
	'a cursor that is none': ['/cursor', list('cursor=x')],
	'a text with a NUL': ['/name', register({ name: 'Е\0ва' })],
	'a report that ends before it begins': ['/to', askReport({ from: '2026-11-23T00:00:00Z', to: '2026-11-22T00:00:00Z' })],
	'a report of long ago': ['/from', askReport({ from: '1969-11-23T00:00:00Z' })],
	'a period that ends before it begins': [
		'/to',
		(speak) => speak(owner).get('/admin/stats?time_zone=UTC&from=2026-11-23T00:00:00Z&to=2026-11-22T00:00:00Z'),
	],
	'a period of many years': [
		'/to',
		(speak) => speak(owner).get('/admin/stats?time_zone=UTC&from=2016-11-23T00:00:00Z&to=2026-11-22T00:00:00Z'),
	],
	'a time zone that there is not': ['/time_zone', (speak) => speak(owner).get('/admin/stats?time_zone=Moon')],
	'a clock that there is not': ['/time_zone', (speak) => speak(owner).get('/admin/orders/export?time_zone=Moon')],
	'half of a subject': ['/subject_id', (speak) => speak(owner).get('/admin/audit?subject_type=order')],
	'a version that is no tag': [
		'/if-match',
		(speak) => speak(owner).patch(`/admin/users/${anna.id}`, { headers: { 'if-match': '1' }, body: { name: 'Анна' } }),
	],
	'a password like the name before the @': [
		'/password',
		async (speak) => {
			const token = await inviteByCommand(shop.sql, { email: `boris-${randomUUID()}@example.com`, role: 'viewer' })
			const { email, totp_uri: uri } = (await shop.guest.post('/admin/invitations/open', { body: { token } })).body
			const body = { token, password: `${email.split('@')[0]}!`, totp: totpOf(uri) }
			return speak(shop.guest).post('/admin/invitations/accept', { body })
		},
	],
}

suite('Also what no schema tells is told in that language:', () => {
	for (const [what, [at, ask]] of Object.entries(OWN)) {
		test(what, async () => {
			const told = async (speak: Speak): Promise<string> => {
				const { status, body, text } = await ask(speak)
				assert.deepEqual([status, body.errors?.[0].pointer], [400, at], text)
				return body.errors[0].message
			}
			const [ru, en] = [await told(speaker('ru')), await told(speaker('en'))]
			assert.match(ru, /[а-яё]/i)
			assert.doesNotMatch(ru, /\b(?:is|must|be|the|it)\b/)
			assert.doesNotMatch(en, /[а-яё]/i)
		})
	}
})
