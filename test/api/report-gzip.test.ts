import assert from 'node:assert/strict'
import { request } from 'node:http'
import { before, suite, test } from 'node:test'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { eventually } from '../support/eventually.ts'
import { makeReport, newReportShop, openedFilesOf, type ServiceClient } from '../support/reports.ts'
import { recordSales } from '../support/sales.ts'
import type { TestShop } from '../support/shop.ts'

/** Enough that it fits into no buffer on the way. */
const LINES = 60_000

let shop: TestShop
let service: ServiceClient
let id: string
let sha256: string
let whole: Buffer
before(async () => {
	;({ shop, service } = await newReportShop())
	const name = (index: number) => `велосипед ${index} ${(index * 7_919).toString(36)} ${'ы'.repeat(60)}`
	await recordSales(shop.sql, [{ lines: Array.from({ length: LINES / 2 }, (_, index) => ({ name: name(index) })) }])
	await recordSales(shop.sql, [{ lines: Array.from({ length: LINES / 2 }, (_, index) => ({ name: name(-index) })) }])
	const made = await makeReport(shop, service)
	;({ id, bytes: whole } = made)
	sha256 = made.report.sha256
})

type Asked = { readonly method?: string; readonly headers?: Readonly<Record<string, string>> }

/** The answer as it comes over the wire: `fetch` would unpack it. */
async function open({ method = 'GET', headers = {} }: Asked = {}): Promise<IncomingMessage> {
	const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
	const sent = { authorization: `Bearer ${service.key}`, ...headers }
	request(`${shop.url}/v1/reports/${id}/file`, { method, headers: sent, agent: false }, resolve).on('error', reject).end()
	return promise
}

async function get(asked?: Asked): Promise<{ status: number; headers: IncomingHttpHeaders; bytes: Buffer }> {
	const response = await open(asked)
	return { status: response.statusCode ?? 0, headers: response.headers, bytes: await buffer(response) }
}

const GZIP = { 'accept-encoding': 'gzip' }
const plain = () => `"${sha256}"`
const packed = () => `"${sha256}-gzip"`

suite('A report’s file', () => {
	test('comes by gzip to who asks for that: the same bytes, under a tag of their own', async () => {
		const { status, headers, bytes } = await get({ headers: GZIP })
		assert.equal(status, 200)
		assert.deepEqual(
			[headers['content-encoding'], headers['vary'], headers.etag, headers['accept-ranges'], headers['content-length']],
			['gzip', 'accept-encoding', packed(), 'none', undefined],
		)
		assert.equal(headers['content-type'], 'application/jsonl')
		assert.match(headers['content-disposition'] ?? '', /report-\d+\.jsonl"$/)
		assert.deepEqual(gunzipSync(bytes), whole)
		assert.ok(bytes.length < whole.length / 4, `${bytes.length} of ${whole.length} bytes`)
	})

	for (const [what, headers] of [
		['who does not ask', {}],
		['who refuses gzip', { 'accept-encoding': 'gzip;q=0, br' }],
		['who likes it better so', { 'accept-encoding': 'gzip;q=0.5, identity' }],
	] as const) {
		test(`comes as it is to ${what}`, async () => {
			const { headers: told, bytes } = await get({ headers })
			assert.deepEqual(
				[told['content-encoding'], told['vary'], told.etag, told['accept-ranges'], told['content-length']],
				[undefined, 'accept-encoding', plain(), 'bytes', String(whole.length)],
			)
			assert.deepEqual(bytes, whole)
		})
	}

	test('comes as it is where a part of it is asked for', async () => {
		for (const more of [{}, { 'if-range': plain() }]) {
			const { status, headers, bytes } = await get({ headers: { ...GZIP, ...more, range: 'bytes=10-19' } })
			assert.deepEqual([status, headers['content-encoding'], headers.etag], [206, undefined, plain()])
			assert.equal(headers['vary'], 'accept-encoding')
			assert.deepEqual(bytes, whole.subarray(10, 20))
		}
	})

	test('comes whole, and by gzip, to who has a part of the packed one: its bytes may be others now', async () => {
		const { status, headers, bytes } = await get({ headers: { ...GZIP, range: 'bytes=10-', 'if-range': packed() } })
		assert.deepEqual([status, headers['content-encoding'], headers.etag], [200, 'gzip', packed()])
		assert.deepEqual(gunzipSync(bytes), whole)
	})

	test('does not come again to who has it in either form', async () => {
		for (const headers of [{}, GZIP]) {
			for (const tag of [plain(), packed(), `W/${packed()}`, `"other", ${plain()}`]) {
				const answer = await get({ headers: { ...headers, 'if-none-match': tag } })
				assert.deepEqual([answer.status, answer.headers['vary'], answer.bytes.length], [304, 'accept-encoding', 0])
				assert.ok(tag.includes(answer.headers.etag ?? '?'), `${answer.headers.etag} is not what it has, ${tag}`)
				assert.equal(answer.headers['content-encoding'], undefined)
			}
		}
		assert.equal((await get({ headers: { ...GZIP, 'if-none-match': '"other"' } })).status, 200)
	})

	test('is told of by HEAD as GET would answer', async () => {
		for (const headers of [{}, GZIP, { 'accept-encoding': 'gzip;q=0' }]) {
			const got = await get({ headers })
			const head = await get({ method: 'HEAD', headers })
			assert.deepEqual([head.status, head.bytes.length], [200, 0])
			for (const name of ['etag', 'vary', 'content-encoding', 'content-length', 'content-type', 'accept-ranges']) {
				assert.equal(head.headers[name], got.headers[name], name)
			}
		}
	})
})

suite('A download', { skip: process.platform !== 'linux' && 'looks into /proc' }, () => {
	for (const [what, headers] of [
		['as it is', {}],
		['by gzip', GZIP],
	] as const) {
		test(`${what} that is broken off closes its file`, async () => {
			const responses = await Promise.all(Array.from({ length: 5 }, () => open({ headers })))
			assert.equal((await openedFilesOf(id)).length, responses.length, 'nobody reads them, so nothing has come to its end')
			for (const response of responses) response.once('error', () => undefined).destroy()
			await eventually(async () => assert.deepEqual(await openedFilesOf(id), []))
			assert.equal((await get({ headers })).status, 200)
			await eventually(async () => assert.deepEqual(await openedFilesOf(id), []))
		})
	}
})
