import assert from 'node:assert/strict'
import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { before, suite, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { startTestShop, type TestShop } from '../support/shop.ts'

let shop: TestShop

before(async () => {
	shop = await startTestShop()
})

type Sent = { readonly headers: Readonly<Record<string, unknown>>; readonly bytes: Buffer }

/** As `fetch` can't: with the bytes as they were sent. */
const askForScript = (acceptEncoding: string): Promise<Sent> =>
	new Promise((resolve, reject) => {
		const asked = request(`${shop.url}/docs/js/scalar.js`, { headers: { 'accept-encoding': acceptEncoding } }, (answer) => {
			buffer(answer).then((bytes) => resolve({ headers: answer.headers, bytes }), reject)
		})
		asked.on('error', reject).end()
	})

suite('The API reference', () => {
	test('is a page at /docs/, which shows /openapi.json', async () => {
		const moved = await shop.guest.get('//docs')
		assert.equal(moved.status, 301)
		assert.equal(moved.headers.get('location'), '/docs/')
		const page = await shop.guest.get('//docs/')
		assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
		assert.match(page.text, /<script src="js\/scalar\.js">/)
		assert.match(page.text, /"url":"\/openapi\.json"/)
		assert.doesNotMatch(page.text, /https?:/, 'something comes from another host')
	})

	test('sends its program packed to who takes that, unpacked to who does not, with its licence', async () => {
		const packed = await askForScript('br, gzip')
		assert.equal(packed.headers['content-encoding'], 'gzip')
		const plain = await askForScript('identity')
		assert.equal(plain.headers['content-encoding'], undefined)
		assert.ok(gunzipSync(packed.bytes).equals(plain.bytes))
		const text = plain.bytes.toString()
		assert.match(text, /^\/\*!\nScalar API reference \d+\.\d+\.\d+\nMIT License/)
		assert.match(text, /createApiReference/)
		for (const { headers } of [packed, plain]) {
			assert.equal(headers['content-type'], 'text/javascript; charset=utf-8')
			assert.equal(headers['vary'], 'accept-encoding')
		}
	})
})
