import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { findUnstorableText } from './text.ts'

suite('Text that can’t be stored', () => {
	for (const [what, value, pointer] of [
		['is pointed to', { name: 'Анна', notes: ['fine', 'a\0b'] }, '/notes/1'],
		['is half of a surrogate pair, too', { name: '\ud83d' }, '/name'],
		['is found first in the order of the text', { one: { two: '\0' }, three: '\0' }, '/one/two'],
		['may be the value itself', '\0', ''],
		['in a key points to the object, for the key can’t be written', { inner: { 'a\0': 1 } }, '/inner'],
		['has a pointer whose names are escaped', { 'a/b~c': '\0' }, '/a~1b~0c'],
		['is not an emoji', { name: '👍' }, undefined],
		['is neither number, null nor boolean', [1, null, true, { deep: {} }], undefined],
	] as const) {
		test(what, () => assert.equal(findUnstorableText(value), pointer))
	}

	test('is looked for however deep a value is nested', () => {
		const nested = (inner: string): unknown => JSON.parse(`${'['.repeat(100_000)}${inner}${']'.repeat(100_000)}`)
		assert.equal(findUnstorableText(nested('')), undefined)
		assert.equal(findUnstorableText(nested('"\\u0000"'))?.length, 200_000)
	})
})
