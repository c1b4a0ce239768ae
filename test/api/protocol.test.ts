import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { anyone } from '../../src/platform/http/policy.ts'
import { httpProblem } from '../../src/platform/http/problem.ts'
import { type App, createServer } from '../../src/platform/http/server.ts'
import { atEnd } from '../support/at-end.ts'
import type { Answer } from '../support/client.ts'
import { createFingerprint } from '../support/fingerprint.ts'
import { type OpenApi, readOpenApi } from '../support/openapi.ts'
import { type Person, putProducts, registerPerson } from '../support/people.ts'
import { exchange } from '../support/raw.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

let shop: TestShop
let openapi: OpenApi
let anna: Person
before(async () => {
	shop = await startTestShop()
	openapi = await readOpenApi(shop.guest)
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
})

const assertProblem = (answer: Answer | undefined, status: number, code: string): void => {
	assert.ok(answer, 'no answer')
	assert.deepEqual([answer.status, answer.body.code], [status, code], answer.text)
	assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
}

suite('A body', () => {
	const change = (raw: string | Buffer, headers?: Record<string, string>) =>
		anna.patch('/me', { raw, ...(headers && { headers }) })

	for (const raw of [
		'{',
		'{"name": "Анна"',
		'{"name": }',
		"{'name': 'Анна'}",
		'{"name": "Анна",}',
		'{"name": NaN}',
		'{}{}',
		'name',
		'"\n"',
		'{"a":1}\0',
		'\0',
		' ',
	]) {
		test(`that is no JSON is refused: ${JSON.stringify(raw)}`, async () =>
			assertProblem(await change(raw), 400, 'malformed_json'))
	}

	test('that is no UTF-8 is refused, not mended', async () => {
		for (const bytes of [[0xff, 0xfe], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xd0]]) {
			const raw = Buffer.concat([Buffer.from('{"name": "'), Buffer.from(bytes), Buffer.from('"}')])
			assertProblem(await change(raw), 400, 'malformed_json')
		}
		assertProblem(await change(Buffer.from('{"name": "Анна"}', 'utf16le')), 400, 'malformed_json')
		assert.equal((await anna.get('/me')).body.name, 'Анна')
	})

	test('of another media type is refused, and one that says none', async () => {
		for (const type of [
			'text/plain',
			'application/xml',
			'application/x-www-form-urlencoded',
			'multipart/form-data; boundary=x',
			'json',
			'*/*',
		])
			assertProblem(await change('{"name": "Ева"}', { 'content-type': type }), 415, 'unsupported_media_type')
		const token = `authorization: Bearer ${anna.token}`
		const [answer] = await exchange(
			shop.url,
			`PATCH /v1/me HTTP/1.1\r\nhost: shop\r\n${token}\r\ncontent-length: 14\r\nconnection: close\r\n\r\n{"name":"Eva"}`,
		)
		assertProblem(answer, 415, 'unsupported_media_type')
	})

	test('may say that its JSON is UTF-8', async () => {
		const raw = '{"name": "Анна"}'
		assert.equal((await change(raw, { 'content-type': 'application/json; charset=utf-8' })).status, 200)
		assert.equal((await change(`\ufeff${raw}`, { 'content-type': 'application/json' })).status, 200)
	})

	test('that is missing or empty is told as missing, and is no matter where none is needed', async () => {
		for (const options of [{}, { raw: '', headers: { 'content-type': 'application/json' } }]) {
			assertProblem(await anna.patch('/me', options), 400, 'validation_failed')
			assert.equal((await anna.delete('/cart', options)).status, 204)
		}
	})

	test('of more than 64 KB is refused, whether it says so or not', async () => {
		const large = JSON.stringify({ name: 'x'.repeat(64 * 1024) })
		assertProblem(await change(large), 413, 'body_too_large')
		const head = `PATCH /v1/me HTTP/1.1\r\nhost: shop\r\nauthorization: Bearer ${anna.token}\r\ncontent-type: application/json\r\n`
		const chunk = `${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`
		const [chunked] = await exchange(shop.url, `${head}connection: close\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`)
		assertProblem(chunked, 413, 'body_too_large')
		const just = JSON.stringify({ name: 'x'.repeat(64 * 1024 - 20) })
		assertProblem(await change(just), 400, 'validation_failed')
	})

	test('nested however deep is looked at like others', async () => {
		for (const raw of [
			`${'['.repeat(32_000)}${']'.repeat(32_000)}`,
			`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
			`{"name": ${'['.repeat(30_000)}"\\u0000"${']'.repeat(30_000)}}`,
		]) {
			assertProblem(await change(raw), 400, 'validation_failed')
		}
	})

	test('with a name twice counts as with the last one', async () => {
		const { body } = await anna.put('/cart/items/1', { raw: '{"quantity": 1, "quantity": 3}' })
		assert.equal(body.items[0].quantity, 3)
		assert.equal((await anna.put('/cart/items/1', { raw: '{"quantity": 3, "quantity": "3"}' })).status, 400)
	})
})

suite('An address', () => {
	test('that there is not is 404 by every method, whatever is sent along', async () => {
		for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
			for (const path of ['/nothing', '/products/1/reviews', '//v2/products', '//']) {
				const sent = method === 'GET' ? {} : { raw: '{', headers: { 'content-type': 'text/plain' } }
				const answer = await shop.guest.request(method, path, sent)
				assertProblem(answer, 404, 'route_not_found')
			}
		}
	})

	test('tells by Allow what it takes, where it does not take the method', async () => {
		const paths = Map.groupBy(openapi.operations, ({ path }) => path)
		for (const [path, operations] of paths) {
			const taken = new Set(operations.map(({ method }) => method))
			// HEAD would have a stream, or a whole export, made for nobody.
			if (taken.has('GET') && !/\/(events|orders\/export)$/.test(path)) taken.add('HEAD')
			const filled = path.replaceAll(/\{\w+\}/g, '1')
			for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
				if (taken.has(method)) continue
				const bodies =
					method === 'GET' || method === 'HEAD' ? [{}] : [{}, { raw: '{', headers: { 'content-type': 'text/plain' } }]
				for (const options of bodies) {
					const answer = await shop.guest.request(method, `/${filled}`, options)
					assert.equal(answer.status, 405, `${method} ${path}`)
					assert.deepEqual(new Set((answer.headers.get('allow') ?? '').split(', ')), taken, `${method} ${path}`)
					if (method !== 'HEAD') assert.equal(answer.body.code, 'method_not_allowed')
				}
			}
		}
	})

	test('answers HEAD as GET, without the body', async () => {
		for (const path of ['/products', '/products/1', '/products/999', '//health/ready', '//openapi.json']) {
			const [get, head] = [await shop.guest.get(path), await shop.guest.request('HEAD', path)]
			assert.deepEqual([head.status, head.text], [get.status, ''])
			for (const name of ['content-type', 'content-length']) assert.equal(head.headers.get(name), get.headers.get(name), path)
		}
		assert.equal((await shop.guest.request('HEAD', '/cart')).status, 401)
	})

	test('that is too long is refused', async () => {
		assertProblem(await shop.guest.get(`/products/${'1'.repeat(201)}`), 400, 'malformed_request')
		assertProblem(await shop.guest.get(`/products?search=${'x'.repeat(201)}`), 400, 'validation_failed')
		assertProblem(await shop.guest.get(`/products?search=${'x'.repeat(20_000)}`), 431, 'headers_too_large')
		assertProblem(await shop.guest.get('/products', { headers: { 'x-long': 'x'.repeat(20_000) } }), 431, 'headers_too_large')
	})
})

suite('Bytes that are no request', () => {
	const post = 'POST /v1/users HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\n'

	for (const [what, bytes] of [
		['nonsense', 'nonsense\r\n\r\n'],
		['TLS', Buffer.from('16030100a5010000a10303', 'hex')],
		['an unknown method', 'BUY /v1/products HTTP/1.1\r\nhost: shop\r\n\r\n'],
		['a line break in a header', 'GET /v1/products HTTP/1.1\r\nhost: shop\r\nx: a\nb\r\n\r\n'],
		['U+0000 in the address', 'GET /v1/products\0 HTTP/1.1\r\nhost: shop\r\n\r\n'],
		['U+0000 in a header', 'GET /v1/products HTTP/1.1\r\nhost: shop\r\nx: a\0b\r\n\r\n'],
		['a chunk whose length is no number', `${post}transfer-encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n`],
		['a chunk longer than it says', `${post}transfer-encoding: chunked\r\n\r\n1\r\n{}}}}\r\n0\r\n\r\n`],
		['a length of two kinds', `${post}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
		['two lengths', `${post}content-length: 4\r\ncontent-length: 5\r\n\r\n{}{}`],
		['a negative length', `${post}content-length: -1\r\n\r\n{}`],
	] as const) {
		test(`are refused, and the connection is closed: ${what}`, async () => {
			const answers = await exchange(shop.url, bytes)
			assertProblem(answers.at(-1), 400, 'malformed_request')
			assert.equal(answers.at(-1)?.headers.get('connection'), 'close')
		})
	}

	test('change nothing, and what is cut off in the middle neither', async () => {
		const fingerprint = await createFingerprint(shop.sql)
		const unchanged = await fingerprint()
		const put = `PUT /v1/cart/items/1 HTTP/1.1\r\nhost: shop\r\nauthorization: Bearer ${anna.token}\r\ncontent-type: application/json\r\n`
		for (const bytes of [
			'P',
			'PUT /v1/cart',
			put,
			`${put}content-length: 14\r\n\r\n{"quantity"`,
			`${put}transfer-encoding: chunked\r\n\r\ne\r\n{"quantity":9}\r\n`,
		]) {
			assert.deepEqual(await exchange(shop.url, bytes, { leave: true }), [])
		}
		assert.equal((await shop.guest.get('//health/ready')).status, 200)
		assert.deepEqual(await fingerprint(), unchanged)
	})
})

/** A server without routes, which lets nobody pass. */
function emptyServer(options: { requestTimeoutMs?: number; keepAliveTimeoutMs?: number } = {}): App {
	const refuse = async () => {
		throw httpProblem('unauthenticated')
	}
	const { log, metrics } = shop.service
	const guards = { customer: refuse, service: refuse, staff: refuse }
	const server = createServer({ log, metrics, guards, trustedProxies: 0, ...options })
	atEnd(() => server.close())
	return server
}

suite('A connection', () => {
	test('may carry several requests at once; they are answered in their order', async () => {
		const paths = ['/v1/products/1', '/health/live', '/v1/products/999', '/v1/cart', '/nothing', '/health/ready']
		const lines = paths.map((path, index) => {
			const last = index === paths.length - 1 ? 'connection: close\r\n' : ''
			return `GET ${path} HTTP/1.1\r\nhost: shop\r\n${last}\r\n`
		})
		const answers = await exchange(shop.url, lines.join(''))
		assert.deepEqual(
			answers.map(({ status }) => status),
			[200, 200, 404, 401, 404, 200],
		)
	})

	test('over which a request comes too slowly is cut, with a word why', async () => {
		const server = emptyServer({ requestTimeoutMs: 100 })
		server.post('/slow', { config: { policy: anyone } }, async () => null)
		const url = await server.listen({ port: 0 })
		for (const bytes of [
			'GET / HTTP/1.1\r\n',
			'GET / HTTP/1.1\r\nhost: shop\r\nx: ',
			'POST /slow HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
		]) {
			const start = performance.now()
			const [answer] = await exchange(url, bytes)
			assertProblem(answer, 408, 'request_timeout')
			// Not by the deadline of an answer, which leaves the connection open.
			assert.ok(performance.now() - start < 4_000, bytes)
		}
	})
})

suite('A connection on which nothing was asked yet', () => {
	/** Longer than a request may take, and than the server takes to look. */
	const SILENT_MS = 600

	test('stays open, as browsers and pools open them in advance: what is asked on it later is answered', async () => {
		const server = emptyServer({ requestTimeoutMs: 100 })
		server.get('/', { config: { policy: anyone } }, async () => 'here')
		const url = await server.listen({ port: 0 })
		const answers = await exchange(url, 'GET / HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\r\n', { afterMs: SILENT_MS })
		assert.deepEqual(
			answers.map(({ status, body }) => [status, body]),
			[[200, 'here']],
		)
	})

	test('has no longer for the request itself than another one', async () => {
		const server = emptyServer({ requestTimeoutMs: 100 })
		const url = await server.listen({ port: 0 })
		const [answer] = await exchange(url, 'GET / HTTP/1.1\r\n', { afterMs: SILENT_MS })
		assertProblem(answer, 408, 'request_timeout')
	})

	test('ends without a word when it was silent for as long as one is kept alive', async () => {
		const server = emptyServer({ requestTimeoutMs: 100, keepAliveTimeoutMs: 400 })
		const url = await server.listen({ port: 0 })
		const start = performance.now()
		assert.deepEqual(await exchange(url, ''), [])
		assert.ok(performance.now() - start >= 400)
	})
})

suite('A route', () => {
	const reply = async () => null

	test('that does not say who may call it keeps the program from starting', async () => {
		const server = emptyServer()
		const NO_POLICY = /the route GET \/open declares no policy/
		assert.throws(() => server.get('/open', reply), NO_POLICY)
		assert.throws(() => server.get('/open', { config: {} }, reply), NO_POLICY)
		// As the modules do it, whose routes are known when the server is put together.
		server.register(async (module: App) => void module.get('/open', reply))
		await assert.rejects(async () => server.ready(), NO_POLICY)
	})
})
