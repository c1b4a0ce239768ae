import { randomUUID } from 'node:crypto'
import { startService } from '../children.ts'
import { countMessages, makeTopics, openTopics, sendBare } from '../kafka.ts'
import type { OutgoingMessage } from '../../src/platform/topics/port.ts'
import { type Progress, watchProgress } from '../progress.ts'
import { type Bench, figuresOf, measurePaired, type Row } from '../workload.ts'
import { EVENT } from './placing.ts'

const EVENTS = 1_000_000
const EVENTS_QUICK = 20_000
const LIMIT_MESSAGES = 100_000
const LIMIT_MESSAGES_QUICK = 5_000
const LIMIT_TOPIC = 'bench.bare'
/** What stands for an order's id in `EVENT`. */
const ID = '01940000-0000-7000-8000-000000000000'

/** W8: what waits in the outbox after the broker was away for long. */
export async function drainBacklog(bench: Bench): Promise<Row[]> {
	const broker = await bench.broker()
	const topics = openTopics(broker)
	try {
		await makeTopics(topics, [LIMIT_TOPIC])
	} finally {
		await topics.close()
	}
	const bare = bareMessages(bench.quick ? LIMIT_MESSAGES_QUICK : LIMIT_MESSAGES)
	// Both the client and a broker that has just been started are slow until their code is compiled.
	await sendBare(broker, bare)
	const { ours, limits, ratios } = await measurePaired(bench, {
		ours: (round) => drain(bench, round),
		limit: () => sendBare(broker, bare),
	})
	bench.say(`  backlog: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')} of the bare producer`)
	return [
		{
			workload: 'W8 drain of a backlog',
			unit: 'events/s',
			ours: figuresOf(ours.map((round) => round.perSecond)),
			processorUs: {
				service: figuresOf(ours.map((round) => round.serviceUs)).median,
				database: figuresOf(ours.map((round) => round.databaseUs)).median,
			},
			limit: { name: 'bare producer, 500 a send', ...figuresOf(limits) },
			ratio: figuresOf(ratios),
			goal: '≥30,000/s',
		},
	]
}

async function drain(bench: Bench, round: number): Promise<Progress> {
	const { sql } = bench.ground
	const broker = await bench.broker()
	const [orders, notifications] = [`bench.backlog-orders.${round}`, `bench.backlog-notifications.${round}`]
	const events = bench.quick ? EVENTS_QUICK : EVENTS
	// Two of each order, as when it is placed.
	await sql`
		insert into outbox (topic, key, type, value)
		select topic, convert_to(id, 'UTF8'), type, convert_to(replace(${EVENT}, ${ID}, id), 'UTF8')
		from generate_series(1, ${events / 2}::int), lateral (select uuidv7()::text as id) as made,
			(values (${orders}, 'order.placed'), (${notifications}, 'notification.requested')) as event (topic, type)`
	await sql`vacuum analyze outbox`
	const [{ first }] = await sql<[{ first: number }]>`select min(id) as first from outbox`
	const settings = {
		ROLE: 'worker',
		KAFKA_BROKERS: broker.address,
		KAFKA_GROUP: orders,
		TOPIC_ORDERS: orders,
		TOPIC_NOTIFICATIONS: notifications,
	}
	const service = await startService({ ...bench.ground, settings })
	try {
		const progress = await watchProgress(bench, service, {
			units: events,
			done: async () => {
				const [row] = await sql<{ id: number }[]>`select id from outbox order by id limit 1`
				return row === undefined ? events : row.id - first
			},
		})
		const [{ dead }] = await sql<[{ dead: number }]>`select count(*) as dead from dead_letters where direction = 'out'`
		const told = await countMessages(broker, [orders, notifications])
		if (dead > 0 || told.some((count) => count !== events / 2))
			throw new Error(`of ${events / 2} events each, the topics hold ${told.join(' and ')}, and ${dead} were put aside`)
		return progress
	} finally {
		await service.close()
	}
}

/** The same messages with the same headers. */
function bareMessages(count: number): OutgoingMessage[] {
	return Array.from({ length: count }, () => {
		const id = randomUUID()
		const headers = {
			ce_specversion: '1.0',
			ce_id: id,
			ce_source: '/prilavok',
			ce_type: 'order.placed',
			ce_time: '2026-01-01T00:00:00.000Z',
			ce_subject: id,
			'content-type': 'application/json',
			traceparent: `00-${id.replaceAll('-', '')}-${id.replaceAll('-', '').slice(-16)}-00`,
		}
		return { topic: LIMIT_TOPIC, key: Buffer.from(id), value: Buffer.from(EVENT.replace(ID, id)), headers }
	})
}
