import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { arrivingLines, type Line } from './arriving-lines.ts'

async function* reads(...chunks: readonly (string | Buffer)[]) {
	for (const chunk of chunks) yield Buffer.from(chunk)
}

async function linesOf(...chunks: readonly (string | Buffer)[]): Promise<Line[]> {
	const lines: Line[] = []
	for await (const arrived of arrivingLines(reads(...chunks))) lines.push(...arrived)
	return lines
}

suite('Lines, as they arrive', () => {
	test('are numbered from 1, blank ones too, and those are left out', async () => {
		assert.deepEqual(await linesOf('one\n\n  \ntwo'), [
			{ number: 1, text: 'one' },
			{ number: 4, text: 'two' },
		])
	})

	test('come as soon as their end is there', async () => {
		const arriving = arrivingLines(reads('one\nt', 'wo\n'))
		assert.deepEqual((await arriving.next()).value, [{ number: 1, text: 'one' }])
		assert.deepEqual((await arriving.next()).value, [{ number: 2, text: 'two' }])
	})

	test('are the same however they are cut', async () => {
		const text = 'велосипед\n🚲\r\n\nlast'
		const whole = await linesOf(text)
		const bytes = Buffer.from(text)
		await fc.assert(
			fc.asyncProperty(fc.nat(bytes.length), fc.nat(bytes.length), async (one, other) => {
				const [first, second] = [Math.min(one, other), Math.max(one, other)]
				assert.deepEqual(await linesOf(bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)), whole)
			}),
		)
	})

	test('without the mark that some editors put in front', async () => {
		assert.deepEqual(await linesOf('\uFEFF{}\n'), [{ number: 1, text: '{}' }])
	})

	test('that are no UTF-8 or have no end are refused by their number', async () => {
		await assert.rejects(linesOf('one\n', Buffer.of(0xff, 0x0a)), /Line 2 is not UTF-8/)
		const megabytes = Array.from({ length: 33 }, () => Buffer.alloc(1024 * 1024, 'x'))
		await assert.rejects(linesOf('one\n', ...megabytes), /Line 2 is longer/)
	})
})
