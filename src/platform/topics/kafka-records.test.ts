import assert from 'node:assert/strict'
import { test } from 'node:test'
import { IS_CONTROL, IS_TRANSACTIONAL, type RecordsBatch } from '@platformatic/kafka'
import { type FetchedPartition, readPartition } from './kafka-records.ts'

const AT_MS = Date.UTC(2026, 10, 25)
const LOG_APPEND_TIME = 1 << 3

function batchOf(firstOffset: bigint, texts: readonly string[], changes: Partial<RecordsBatch> = {}): RecordsBatch {
	return {
		firstOffset,
		length: 0,
		partitionLeaderEpoch: 0,
		magic: 2,
		crc: 0,
		attributes: 0,
		lastOffsetDelta: texts.length - 1,
		firstTimestamp: BigInt(AT_MS),
		maxTimestamp: BigInt(AT_MS + 1_000),
		producerId: -1n,
		producerEpoch: -1,
		firstSequence: -1,
		records: texts.map((text, offsetDelta) => ({
			length: 0,
			attributes: 0,
			timestampDelta: BigInt(offsetDelta),
			offsetDelta,
			key: null,
			value: Buffer.from(text),
			headers: [],
		})),
		...changes,
	}
}

/** The mark that ends a transaction. */
function markOf(offset: bigint, producerId: bigint, kind: 'abort' | 'commit'): RecordsBatch {
	const batch = batchOf(offset, [''], { producerId, attributes: IS_TRANSACTIONAL | IS_CONTROL })
	const key = Buffer.from([0, 0, 0, kind === 'abort' ? 0 : 1])
	return { ...batch, records: batch.records.map((record) => ({ ...record, key })) }
}

const partitionOf = (records: RecordsBatch[], abortedTransactions: FetchedPartition['abortedTransactions'] = null) => ({
	partitionIndex: 4,
	errorCode: 0,
	highWatermark: 100n,
	lastStableOffset: 100n,
	logStartOffset: 0n,
	preferredReadReplica: -1,
	abortedTransactions,
	records,
})

const textsOf = ({ messages }: ReturnType<typeof readPartition>) => messages.map(({ value }) => value?.toString())

test('messages before the offset that was asked for are left out, though their batch comes whole', () => {
	const content = readPartition('t', partitionOf([batchOf(10n, ['a', 'b', 'c'])]), 11n)
	assert.deepEqual(textsOf(content), ['b', 'c'])
	assert.deepEqual(
		content.messages.map(({ offset, partition }) => [offset, partition]),
		[
			[11n, 4],
			[12n, 4],
		],
	)
	assert.equal(content.next, 13n)
})

test('reading goes on behind a batch whose messages were compacted away, and never back', () => {
	const emptied = batchOf(10n, [], { lastOffsetDelta: 9 })
	assert.equal(readPartition('t', partitionOf([emptied]), 10n).next, 20n)
	assert.deepEqual(readPartition('t', partitionOf([batchOf(0n, ['old'])]), 10n), { messages: [], next: 10n })
	assert.equal(readPartition('t', { ...partitionOf([]), records: null }, 10n).next, 10n)
})

test('what a transaction took back is left out, also when the same publisher commits before and after', () => {
	const transactional = { producerId: 7n, attributes: IS_TRANSACTIONAL }
	const records = [
		batchOf(0n, ['taken back'], transactional),
		markOf(1n, 7n, 'abort'),
		batchOf(2n, ['stays'], transactional),
		markOf(3n, 7n, 'commit'),
		batchOf(4n, ['of another'], { producerId: 8n, attributes: IS_TRANSACTIONAL }),
		batchOf(5n, ['taken back, too'], transactional),
		batchOf(6n, ['no transaction']),
		markOf(7n, 7n, 'abort'),
	]
	const aborted = [
		{ producerId: 7n, firstOffset: 5n },
		{ producerId: 7n, firstOffset: 0n },
	]
	const content = readPartition('t', partitionOf(records, aborted), 0n)
	assert.deepEqual(textsOf(content), ['stays', 'of another', 'no transaction'])
	assert.equal(content.next, 8n)
})

test('a message has the publisher’s time, or the broker’s where the topic is kept so', () => {
	const timesOf = (batch: RecordsBatch) =>
		readPartition('t', partitionOf([batch]), 0n).messages.map(({ publishedAt }) => publishedAt.getTime())
	assert.deepEqual(timesOf(batchOf(0n, ['a', 'b'])), [AT_MS, AT_MS + 1])
	assert.deepEqual(timesOf(batchOf(0n, ['a', 'b'], { attributes: LOG_APPEND_TIME })), [AT_MS + 1_000, AT_MS + 1_000])
})

test('a time that is none, or in nanoseconds, becomes the present', () => {
	for (const firstTimestamp of [-1n, BigInt(AT_MS) * 1_000_000n]) {
		const [message] = readPartition('t', partitionOf([batchOf(0n, ['a'], { firstTimestamp })]), 0n).messages
		assert.ok(Math.abs((message?.publishedAt.getTime() ?? 0) - Date.now()) < 10_000)
	}
})
