import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { halvesOf, type PlacedMessage, roundsOf } from './kafka-chunks.ts'

const KB = 1024
const placedMessage = (index: number, partition: number, bytes: number): PlacedMessage => ({
	index,
	partition,
	message: { topic: partition % 2 === 0 ? 'even' : 'odd', key: null, value: Buffer.alloc(bytes), headers: { name: 'text' } },
})
const batches = fc
	.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1_200 })), { maxLength: 60 })
	.map((parts) => parts.map(([partition, kb], index) => placedMessage(index, partition, kb * KB)))

const placeOf = ({ message, partition }: PlacedMessage) => `${message.topic}/${partition}`

test('every message is sent once, and those of a partition in the order of the batch', () => {
	fc.assert(
		fc.property(batches, (batch) => {
			const sent = roundsOf(batch).flatMap((round) => round.flatMap((chunk) => chunk.messages))
			const byPlace = (messages: readonly PlacedMessage[]) =>
				Object.fromEntries(
					Map.groupBy(messages, placeOf)
						.entries()
						.map(([place, list]) => [place, list.map(({ index }) => index)]),
				)
			assert.deepEqual(byPlace(sent), byPlace(batch))
		}),
	)
})

test('a request holds a partition once, and chunks that every topic takes unless a message alone is larger', () => {
	fc.assert(
		fc.property(batches, (batch) => {
			for (const round of roundsOf(batch)) {
				assert.equal(new Set(round.map(({ topic, partition }) => `${topic}/${partition}`)).size, round.length)
				const sizes = round.map(({ messages }) => messages.reduce((sum, { message }) => sum + (message.value?.length ?? 0), 0))
				for (const [index, size] of sizes.entries()) assert.ok(size < 1_000 * KB || round[index]?.messages.length === 1)
				assert.ok(round.length === 1 || sizes.reduce((sum, size) => sum + size, 0) <= 8 * KB * KB)
			}
		}),
	)
})

test('a chunk is halved with no message left out', () => {
	const messages = [0, 1, 2].map((index) => placedMessage(index, 0, 1))
	const halves = halvesOf({ topic: 'even', partition: 0, messages })
	assert.deepEqual(
		halves.map((half) => half.messages.map(({ index }) => index)),
		[[0, 1], [2]],
	)
})
