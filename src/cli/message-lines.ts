import { findUnstorableText } from '../platform/text.ts'
import type { Headers, OutgoingMessage } from '../platform/topics/port.ts'
import { isExactNumber, jsonIn, parseExactly, textIn } from './json.ts'

/**
 * A message as a line of JSON, for `topics tail` and `topics publish` alike:
 * `{"key": "10", "headers": {}, "value": {"id": 10}}`. A key is text; a null value withdraws the key. Bytes that are no UTF-8
 * text or no JSON stand in base64, as `key_base64` or `value_base64`.
 */
export type Message = Pick<OutgoingMessage, 'key' | 'headers' | 'value'>

const FIELDS: ReadonlySet<string> = new Set(['key', 'key_base64', 'headers', 'value', 'value_base64'])

/** The line of a message. JSON says the same as its bytes do, numbers as they are written; space and escapes may differ. */
export function writeLine({ key, headers, value }: Message): string {
	return `{${keyField(key)},"headers":${JSON.stringify(headers)},${valueField(value)}}`
}

function keyField(bytes: Buffer | null): string {
	if (bytes === null) return '"key":null'
	const text = textIn(bytes)
	return text === undefined ? `"key_base64":"${bytes.toString('base64')}"` : `"key":${JSON.stringify(text)}`
}

function valueField(bytes: Buffer | null): string {
	if (bytes === null) return '"value":null'
	const json = compact(bytes)
	// The word null as a value: `"value": null` is no value at all.
	return json === undefined || json === 'null' ? `"value_base64":"${bytes.toString('base64')}"` : `"value":${json}`
}

/** JSON in one line; undefined when it is none, or nests deeper than the call stack goes. */
function compact(bytes: Buffer): string | undefined {
	try {
		const value = jsonIn(bytes)
		return value === undefined ? undefined : JSON.stringify(value)
	} catch (error) {
		if (error instanceof RangeError) return undefined
		throw error
	}
}

/**
 * The message of a line: the shape above, or a bare value, published as it stands, whose key is its `order_id` or `id`. Throws
 * an Error that says what is wrong with it; a SyntaxError where it is not even JSON.
 */
export function readLine(line: string): Message {
	const read = parseExactly(line)
	if (!isObject(read)) throw new Error('it is not a JSON object')
	const isWhole = ('key' in read || 'key_base64' in read) && ('value' in read || 'value_base64' in read)
	return isWhole ? messageOf(read) : { key: keyWithin(read), headers: {}, value: Buffer.from(line.trim()) }
}

function messageOf(read: Readonly<Record<string, unknown>>): Message {
	const unknown = Object.keys(read).filter((name) => !FIELDS.has(name))
	if (unknown.length > 0) throw new Error(`beside "key", "headers" and "value" there can be no "${unknown.join('", "')}"`)
	if ('key' in read && 'key_base64' in read) throw new Error('it has both "key" and "key_base64"')
	if ('value' in read && 'value_base64' in read) throw new Error('it has both "value" and "value_base64"')
	const { key = null, headers = {}, value = null } = read
	if (key !== null && !isText(key)) throw new Error('"key" must be text or null')
	if (!isHeaders(headers)) throw new Error('"headers" must be an object, and each value in it text without NUL characters')
	return {
		key: 'key_base64' in read ? bytesOf(read, 'key_base64') : key === null ? null : Buffer.from(key),
		headers,
		value: 'value_base64' in read ? bytesOf(read, 'value_base64') : value === null ? null : Buffer.from(JSON.stringify(value)),
	}
}

function keyWithin(value: Readonly<Record<string, unknown>>): Buffer {
	const id = value['order_id'] ?? value['id']
	const text = isText(id) ? id : isExactNumber(id) ? JSON.stringify(id) : ''
	if (text !== '') return Buffer.from(text)
	throw new Error('it has neither "key" and "value", nor an "order_id" or "id" to take for its key')
}

const BASE64 = /^(?:[\w+/-]{4})*(?:[\w+/-]{2}(?:==)?|[\w+/-]{3}=?)?$/

function bytesOf(read: Readonly<Record<string, unknown>>, name: string): Buffer {
	const text = read[name]
	if (typeof text === 'string' && BASE64.test(text)) return Buffer.from(text, 'base64')
	throw new Error(`"${name}" is not base64`)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value)

/** Half of a surrogate pair has no bytes of its own in UTF-8. */
const isText = (value: unknown): value is string => typeof value === 'string' && value.isWellFormed()

const isHeaders = (value: unknown): value is Headers =>
	isObject(value) && Object.values(value).every((text) => typeof text === 'string') && findUnstorableText(value) === undefined
