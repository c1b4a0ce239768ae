import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { suite, test } from 'node:test'
import { startTestShop } from '../support/shop.ts'

/** The page of development that follows orders. What it does is tried in a browser, by test/browser. */
const EMBEDDED = process.env['TEST_KAFKA_BROKERS'] === undefined
const LINES_MAX = 20

suite('The code that docs/tracking.md gives to frontends', () => {
	test('is, word for word and in twenty lines, what the page of development runs', async () => {
		const [document, code] = await Promise.all([
			readFile(new URL('../../docs/tracking.md', import.meta.url), 'utf8'),
			readFile(new URL('../../src/dev/track-client.js', import.meta.url), 'utf8'),
		])
		assert.ok(document.includes(`\`\`\`js\n${code}\`\`\`\n`), 'docs/tracking.md says something else than src/dev/track-client.js')
		assert.ok(code.trimEnd().split('\n').length <= LINES_MAX)
	})
})

suite('The page that follows orders', { skip: !EMBEDDED && 'this run is on Kafka' }, () => {
	test('comes in the reader’s language and lets nothing in from elsewhere', async () => {
		const shop = await startTestShop()
		for (const [language, title] of [
			['ru', 'Где заказ'],
			['en-GB', 'Order tracking'],
		] as const) {
			const { status, headers, body } = await shop.guest.get('//dev/track', { headers: { 'accept-language': language } })
			assert.equal(status, 200)
			assert.match(body, new RegExp(`<h1>${title}</h1>`))
			const policy = headers.get('content-security-policy') ?? ''
			assert.match(policy, /default-src 'none'/)
			assert.doesNotMatch(policy, /unsafe|\*|https?:/)
			assert.doesNotMatch(body, /<script>|<style|onclick|(?:src|href)="https?:/)
			for (const [, file] of body.matchAll(/(?:src|href)="(\/dev\/[^"]+)"/g)) {
				assert.equal((await shop.guest.get(`/${file}`)).status, 200)
			}
		}
	})

	test('is not there in production', async () => {
		const shop = await startTestShop({ NODE_ENV: 'production' })
		for (const path of ['//dev/track', '//dev/track.js', '//dev/track-client.js', '//dev/page.css']) {
			assert.equal((await shop.guest.get(path)).status, 404)
		}
	})
})
