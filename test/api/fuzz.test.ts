import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, test } from 'node:test'
import { problemTables } from '../../src/problem-tables.ts'
import type { Answer, Client } from '../support/client.ts'
import { createFingerprint } from '../support/fingerprint.ts'
import { mutate, type Mutated } from '../support/mutate.ts'
import { type OpenApi, readOpenApi } from '../support/openapi.ts'
import { placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { createChance, type Known, requestOf } from '../support/sample.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { serviceWithKey, signInStaff } from '../support/staff.ts'

const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 1_000)
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_123)

/** What must not be seen of the inside. */
const INSIDE =
	/node_modules|\.[jt]s:\d+|\n\s+at |PostgresError|SQLSTATE|violates|syntax error at|relation "|column "|select .+ from |insert into |update .+ set /i

/** These would end the session that the rest is asked with. */
const LEFT_OUT = ['DELETE /v1/me', 'DELETE /v1/sessions/current', 'DELETE /v1/admin/sessions/current']

let shop: TestShop
let openapi: OpenApi
let callers: Readonly<Record<'anyone' | 'customer' | 'service' | 'staff', Client>>
let known: Known

before(async () => {
	shop = await startTestShop()
	openapi = await readOpenApi(shop.guest)
	await putProducts(shop, { id: 1 }, { id: 2, available: 1_000 }, { id: 3 })
	const anna = await registerPerson(shop)
	const boris = await registerPerson(shop)
	const service = await serviceWithKey(shop, 'reports', 'orders:status')
	callers = { anyone: shop.guest, customer: anna, service, staff: await signInStaff(shop, 'owner') }
	const orders = [await placeOrder(anna, { 1: 1 }), await placeOrder(anna, { 2: 2 }), await placeOrder(boris, { 3: 3 })]
	const colleague = await signInStaff(shop, 'viewer')
	const { body: report } = await service.post('/reports')
	known = {
		'orders/{id}': [...orders.map(({ id }) => id), randomUUID()],
		'reports/{id}': [report.report_id, randomUUID()],
		'products/{id}': [1, 2, 999],
		'views/{id}': [1, 2, 999],
		'users/{id}': [boris.id, 999],
		'sessions/{id}': [randomUUID()],
		'staff/{id}': [colleague.id, 999_999],
		'keys/{id}': [999_999],
		'sessions/{session_id}': [randomUUID()],
		confirm: [boris.phone, '+79001234567'],
		'notes/{note_id}': [1, 2, 999],
		'items/{product_id}': [1, 2, 3, 999],
		phone: ['+79001234567', boris.phone, '8 (900) 765-43-21'],
		code: ['000000'],
		email: ['a@example.com'],
		totp: ['000000'],
		token: ['x'.repeat(43)],
		password: ['correct horse battery'],
		kladr_id: ['7700000000000'],
		cursor: ['WyJuZXdlc3QiLDFd'],
		'idempotency-key': [randomUUID(), randomUUID(), 'same'],
		'if-match': ['"1"', '"2"'],
		prefer: ['return=minimal'],
		'last-event-id': ['1.0', '0', '9.9'],
		number: [orders[0]?.number],
		ids: [...orders.map(({ id }) => id), orders.map(({ id }) => id), [orders[0]?.id, randomUUID()]],
		user_id: [anna.id, 999],
		time_zone: ['Europe/Moscow', 'UTC'],
		event_id: ['one', 'two'],
		status: ['paid', 'assembling', 'ready'],
	}
})

/** Headers are bytes on the way: what can't be one is left out of them. */
function send({ method, path, query, headers, raw, body }: Mutated, client: Client): Promise<Answer> {
	const encode = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll('%25', '%')
	const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
	const address = `/${path}${search === '' ? '' : `?${search}`}`
	const carries = method !== 'GET' && method !== 'HEAD'
	const sent = !carries ? {} : raw !== undefined ? { raw } : body === undefined ? {} : { body }
	return client.request(method, address, { ...sent, headers })
}

const describe = ({ operation, method, path, done }: Mutated, { status, text }: Answer): string =>
	`${operation.name} sent as ${method} ${path} after ${done.join(', ')}: ${status} ${text.slice(0, 300)}`

function check(request: Mutated, answer: Answer): void {
	const { operation, method } = request
	const told = describe(request, answer)
	assert.ok(answer.status < 500, told)
	if (answer.status >= 400) {
		if (answer.text !== '') {
			assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8', told)
			assert.equal(problemTables[answer.body.code]?.status, answer.status, told)
			// In Russian, unless something was done to the header that asks for another language.
			if (!('accept-language' in request.headers))
				for (const { message } of answer.body.errors ?? []) assert.match(message, /[а-яё]/i)
		}
		assert.doesNotMatch(answer.text, INSIDE, told)
	}
	const asked = openapi.find(method, new URL(request.path, shop.url).pathname)
	// What can't be read as a request belongs to no route.
	if (asked === operation && answer.body?.code !== 'headers_too_large') openapi.assertListed(operation, answer)
}

test(`${REQUESTS} requests that something was done to are answered without a fault, and refused ones change nothing`, async (t) => {
	t.diagnostic(`FUZZ_SEED=${SEED} FUZZ_REQUESTS=${REQUESTS}`)
	const chance = createChance(SEED)
	const operations = openapi.operations
		.filter(({ name }) => !LEFT_OUT.includes(name))
		// More often those that there is more to do to.
		.flatMap((operation) => (operation.requestBody ? [operation, operation, operation] : [operation]))
	const statuses = new Map<number, number>()
	const fingerprint = await createFingerprint(shop.sql)
	let before = await fingerprint()
	for (let count = 0; count < REQUESTS; count++) {
		const operation = chance.pick(operations)
		const who = chance.happens(0.9) ? operation.who : chance.pick(['anyone', 'customer', 'service', 'staff'] as const)
		const request = mutate(requestOf(operation, chance, known), chance)
		const answer = await send(request, callers[who])
		check(request, answer)
		statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
		if (request.method === 'GET' || request.method === 'HEAD') continue
		const after = await fingerprint()
		if (answer.status >= 400) assert.deepEqual(after, before, describe(request, answer))
		before = after
	}
	t.diagnostic([...statuses].map(([status, count]) => `${status} × ${count}`).join(', '))
	assert.equal((await shop.guest.get('//health/ready')).status, 200)
})
