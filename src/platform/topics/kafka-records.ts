import { type Consumer, IS_CONTROL, IS_TRANSACTIONAL, type KafkaRecord, type RecordsBatch } from '@platformatic/kafka'
import type { Headers, IncomingMessage } from './port.ts'

/** In the attributes of a batch: its time is the broker's, the same for all of it. */
const LOG_APPEND_TIME = 1 << 3
/** In the key of a control record: its kind stands behind two bytes of version. */
const CONTROL_KIND_OFFSET = 2
const ABORT_KIND = 0
const LAST_PLAUSIBLE_MS = Date.UTC(9999, 0)

/** A partition in a broker's answer. */
export type FetchedPartition = Awaited<ReturnType<Consumer['fetch']>>['responses'][number]['partitions'][number]

export type PartitionContent = {
	readonly messages: readonly IncomingMessage[]
	/** Where to read on; the same as `from` when nothing came. */
	readonly next: bigint
}

/**
 * The messages in a fetched partition from an offset on. A batch comes whole, so it may begin before it; what a transaction
 * took back is left out (the client leaves in some of it).
 */
export function readPartition(topic: string, fetched: FetchedPartition, from: bigint): PartitionContent {
	const messages: IncomingMessage[] = []
	let next = from
	for (const batch of committedBatches(fetched)) {
		const end = batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n
		if (end <= next) continue
		next = end
		for (const record of batch.kept ? batch.records : []) {
			const offset = batch.firstOffset + BigInt(record.offsetDelta)
			if (offset >= from) messages.push(messageOf(record, { topic, partition: fetched.partitionIndex, offset, batch }))
		}
	}
	return { messages, next }
}

type Batch = RecordsBatch & { readonly kept: boolean }

function committedBatches({ records, abortedTransactions }: FetchedPartition): Batch[] {
	const aborted = [...(abortedTransactions ?? [])].sort(({ firstOffset: one }, { firstOffset: other }) => (one < other ? -1 : 1))
	const aborting = new Set<bigint>()
	return (records ?? []).map((batch) => {
		const last = batch.firstOffset + BigInt(batch.lastOffsetDelta)
		for (let next = aborted[0]; next !== undefined && next.firstOffset <= last; next = aborted[0]) {
			aborting.add(next.producerId)
			aborted.shift()
		}
		if ((batch.attributes & IS_CONTROL) !== 0) {
			if (batch.records[0]?.key?.readInt16BE(CONTROL_KIND_OFFSET) === ABORT_KIND) aborting.delete(batch.producerId)
			return { ...batch, kept: false }
		}
		return { ...batch, kept: (batch.attributes & IS_TRANSACTIONAL) === 0 || !aborting.has(batch.producerId) }
	})
}

type Place = { readonly topic: string; readonly partition: number; readonly offset: bigint; readonly batch: RecordsBatch }

function messageOf(record: KafkaRecord, { topic, partition, offset, batch }: Place): IncomingMessage {
	const { key, value, headers, timestampDelta } = record
	const byBroker = (batch.attributes & LOG_APPEND_TIME) !== 0
	const publishedAt = timeOf(byBroker ? batch.maxTimestamp : batch.firstTimestamp + timestampDelta)
	return { topic, partition, offset, key, value, headers: headersOf(headers), publishedAt }
}

const headersOf = (headers: KafkaRecord['headers']): Headers =>
	Object.fromEntries(headers.map(([name, value]) => [name?.toString() ?? '', value?.toString() ?? '']))

/** A publisher that counts in another unit (nanoseconds) or in none must not break those who read the time. */
function timeOf(timestamp: bigint): Date {
	const ms = Number(timestamp)
	return ms >= 0 && ms < LAST_PLAUSIBLE_MS ? new Date(ms) : new Date()
}
