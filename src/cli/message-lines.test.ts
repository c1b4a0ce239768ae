import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { jsonIn } from './json.ts'
import { type Message, readLine, writeLine } from './message-lines.ts'

const message = (given: Partial<Message>): Message => ({
	key: Buffer.from('10'),
	headers: {},
	value: Buffer.from('{}'),
	...given,
})
const valueOf = (line: string): string | undefined => readLine(line).value?.toString()

suite('A message as a line', () => {
	const shown: readonly (readonly [what: string, given: Partial<Message>, line: string])[] = [
		[
			'JSON stands as it is',
			{ value: Buffer.from('{"id": 10,\n "ok": true}') },
			'{"key":"10","headers":{},"value":{"id":10,"ok":true}}',
		],
		['headers stand beside', { headers: { ce_id: '1' } }, '{"key":"10","headers":{"ce_id":"1"},"value":{}}'],
		['no value withdraws the key', { value: null }, '{"key":"10","headers":{},"value":null}'],
		['the word null is a value', { value: Buffer.from('null') }, '{"key":"10","headers":{},"value_base64":"bnVsbA=="}'],
		['no key', { key: null }, '{"key":null,"headers":{},"value":{}}'],
		['bytes that are no JSON', { value: Buffer.from('{"id') }, '{"key":"10","headers":{},"value_base64":"eyJpZA=="}'],
		[
			'bytes that are no text',
			{ key: Buffer.of(0xff), value: Buffer.of(0xfe) },
			'{"key_base64":"/w==","headers":{},"value_base64":"/g=="}',
		],
		['nothing at all', { value: Buffer.of() }, '{"key":"10","headers":{},"value_base64":""}'],
		[
			'numbers that JavaScript can not hold',
			{ value: Buffer.from('[12345678901234567890,1.0,1e3]') },
			'{"key":"10","headers":{},"value":[12345678901234567890,1.0,1e3]}',
		],
	]
	for (const [what, given, line] of shown) {
		test(`${what}, and is read back`, () => {
			assert.equal(writeLine(message(given)), line)
			const read = readLine(line)
			assert.deepEqual({ ...read, value: undefined }, { ...message(given), value: undefined })
			assert.equal(writeLine(read), line)
		})
	}

	test('JSON that nests too deep for the call stack stands as its bytes', () => {
		const deep = Buffer.from('['.repeat(200_000) + ']'.repeat(200_000))
		const line = writeLine(message({ value: deep }))
		assert.match(line, /"value_base64":/)
		assert.deepEqual(readLine(line).value, deep)
	})

	test('whatever was on the topic is read back: the same JSON, or the same bytes', () => {
		const bytes = fc.oneof(
			fc.uint8Array().map((array) => Buffer.from(array)),
			fc.json().map((text) => Buffer.from(text)),
		)
		const headers = fc.dictionary(fc.string(), fc.string())
		fc.assert(
			fc.property(fc.option(bytes), fc.option(bytes), headers, (key, value, given) => {
				fc.pre(!JSON.stringify(given).includes(String.raw`\u0000`))
				const read = readLine(writeLine({ key, headers: given, value }))
				assert.deepEqual(read.key, key)
				assert.deepEqual(read.headers, { ...given })
				const json = value === null ? undefined : jsonIn(value)
				if (json === undefined || json === null || value === null || read.value === null) assert.deepEqual(read.value, value)
				else assert.deepEqual(jsonIn(read.value), json)
			}),
		)
	})
})

suite('A line without a key and a value is a bare value', () => {
	test('which is published as it stands', () => {
		assert.equal(valueOf('{"id": 10, "cost": 5.00}\r'), '{"id": 10, "cost": 5.00}')
		assert.deepEqual(readLine('{"id": 10}').headers, {})
	})

	test('whose key is its order_id or id', () => {
		const keyOf = (line: string) => readLine(line).key?.toString()
		assert.equal(keyOf('{"id": 10}'), '10')
		assert.equal(keyOf('{"id": 12345678901234567890}'), '12345678901234567890')
		assert.equal(keyOf('{"id": "abc"}'), 'abc')
		assert.equal(keyOf('{"order_id": "0192", "id": 7}'), '0192')
	})
})

suite('A line that is no message is told what is wrong with it', () => {
	const faults: readonly (readonly [line: string, fault: RegExp])[] = [
		['{"id": 1', /is not valid JSON|in JSON at/],
		['[1]', /not a JSON object/],
		['{"name": "велосипед_10"}', /neither "key" and "value", nor an "order_id" or "id"/],
		['{"key": "10"}', /neither "key" and "value"/],
		['{"key": 10, "value": {}}', /"key" must be text or null/],
		[String.raw`{"key": "\ud800", "value": {}}`, /"key" must be text/],
		['{"key": "10", "value": {}, "header": {}}', /there can be no "header"/],
		['{"key": "10", "value": {}, "headers": {"a": 1}}', /"headers" must be/],
		['{"key": "10", "value": {}, "value_base64": ""}', /both "value" and "value_base64"/],
		['{"key": "10", "key_base64": "", "value": {}}', /both "key" and "key_base64"/],
		['{"key": "10", "value_base64": "%"}', /"value_base64" is not base64/],
	]
	for (const [line, fault] of faults) test(line, () => assert.throws(() => readLine(line), fault))
})
