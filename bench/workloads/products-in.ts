import type { ProductMessage } from '../../src/events/inventory-products.ts'
import { type ProductUpsert, upsertProducts } from '../../src/modules/catalog/queries.ts'
import { DEAD_LETTER_SUFFIX } from '../../src/platform/dead-letters/names.ts'
import type { OutgoingMessage, Topics } from '../../src/platform/topics/port.ts'
import { startService } from '../children.ts'
import { countMessages, makeTopics, openTopics, publishAll } from '../kafka.ts'
import { type Progress, watchProgress } from '../progress.ts'
import { type Bench, figuresOf, measurePaired, type Row, type Workload } from '../workload.ts'

type Mix = { readonly workload: string; readonly products: number; readonly versions: number }

const MIXES: readonly Mix[] = [
	{ workload: 'W7 products in, 1,000 changed again and again', products: 1_000, versions: 200 },
	{ workload: 'W7 products in, all of them new', products: 50_000, versions: 1 },
]
const MIXES_QUICK: readonly Mix[] = [{ workload: 'W7 products in', products: 1_000, versions: 5 }]
/** The limit takes so many rows a statement, and so many in all, or what there is. */
const LIMIT_STATEMENT_ROWS = 500
const LIMIT_ROWS = 50_000
const NAMES = ['Велосипед горный', 'Самокат детский', 'Чайник электрический', 'Рюкзак походный', 'Палатка лёгкая', 'Лампа тёплая']

/** W7: product messages from Kafka into the catalogue. */
export const productsIn: Workload = {
	id: 'w7',
	title: 'product messages from Kafka into the catalogue (W7)',
	async run(bench) {
		const topics = openTopics(await bench.broker())
		try {
			const rows: Row[] = []
			for (const mix of bench.quick ? MIXES_QUICK : MIXES) {
				const { ours, limits, ratios } = await measurePaired(bench, {
					ours: (round) => consumeAll(bench, topics, mix, round),
					limit: () => upsertAll(bench, mix),
				})
				bench.say(`  ${mix.workload}: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')} of the bare upsert`)
				rows.push({
					workload: mix.workload,
					unit: 'messages/s',
					ours: figuresOf(ours.map((round) => round.perSecond)),
					processorUs: {
						service: figuresOf(ours.map((round) => round.serviceUs)).median,
						database: figuresOf(ours.map((round) => round.databaseUs)).median,
					},
					limit: { name: 'bare upsert of 500', ...figuresOf(limits) },
					ratio: figuresOf(ratios),
					goal: '≥0.5 of the upsert, ≥50,000/s',
				})
			}
			return rows
		} finally {
			await topics.close()
		}
	},
}

/** They wait on the topic when the service starts. */
async function consumeAll(bench: Bench, topics: Topics, mix: Mix, round: number): Promise<Progress> {
	const { ground } = bench
	const broker = await bench.broker()
	const topic = `bench.products.${mix.products}.${round}`
	const dead = topic + DEAD_LETTER_SUFFIX
	await makeTopics(topics, [topic, dead])
	await publishAll(
		topics,
		rowsOf(mix).map((row) => outgoing(topic, row)),
	)
	await emptyCatalogue(bench)
	const settings = { ROLE: 'worker', KAFKA_BROKERS: broker.address, TOPIC_PRODUCTS: topic, KAFKA_GROUP: topic }
	const service = await startService({ ...ground, settings })
	try {
		// A product's versions are 1, 2, 3 …, so the last one that is stored says how many have been dealt with.
		const progress = await watchProgress(bench, service, {
			units: mix.products * mix.versions,
			done: async () => {
				const [{ done }] = await ground.sql<[{ done: number }]>`select coalesce(sum(version), 0)::bigint as done from products`
				return done
			},
		})
		await expectCatalogue(bench, rowsOf({ ...mix, versions: 1 }, mix.versions))
		const [letters] = await countMessages(broker, [dead])
		const [{ waiting }] = await ground.sql<[{ waiting: number }]>`
			select (select count(*) from outbox) + (select count(*) from dead_letters) as waiting`
		if (letters !== 0 || waiting !== 0) throw new Error(`${letters} dead letters, ${waiting} more in the outbox`)
		return progress
	} finally {
		await service.close()
	}
}

/** The statement that the catalogue is written by, one after the other on one connection: rows a second. */
async function upsertAll(bench: Bench, mix: Mix): Promise<number> {
	await emptyCatalogue(bench)
	const rows = rowsOf(mix).slice(0, LIMIT_ROWS)
	const connection = await bench.ground.sql.reserve()
	try {
		const began = performance.now()
		for (let from = 0; from < rows.length; from += LIMIT_STATEMENT_ROWS)
			await upsertProducts(connection, rows.slice(from, from + LIMIT_STATEMENT_ROWS))
		return rows.length / ((performance.now() - began) / 1_000)
	} finally {
		connection.release()
	}
}

async function emptyCatalogue({ ground: { sql } }: Bench): Promise<void> {
	await sql`truncate products restart identity cascade`
	await sql`vacuum analyze products`
}

/** Version by version, each of all products. */
function rowsOf({ products, versions }: Mix, firstVersion = 1): ProductUpsert[] {
	return Array.from({ length: products * versions }, (_, index) =>
		rowAt(1 + (index % products), firstVersion + Math.floor(index / products)),
	)
}

const rowAt = (id: number, version: number): ProductUpsert => ({
	id,
	name: `${NAMES[id % NAMES.length]} ${id}`,
	description: `Удобный и надёжный товар для дома и дачи, подойдёт и взрослым, и детям. Артикул ${id * 7_919}.`,
	price: 1_000 + ((id * 31 + version) % 90_000),
	tax: 100 + ((id * 31 + version) % 9_000),
	weight_g: 100 + (id % 20_000),
	height_mm: 1 + (id % 2_000),
	width_mm: 1 + (id % 1_000),
	length_mm: 1 + (id % 500),
	available: (id * 13 + version) % 1_000,
	version,
	changed_at: '2026-01-01T00:00:00.000Z',
})

function outgoing(topic: string, row: ProductUpsert): OutgoingMessage {
	const message: ProductMessage = {
		id: row.id,
		name: row.name,
		description: row.description,
		cost: row.price,
		tax: row.tax,
		version: row.version,
		measurements: {
			weight: row.weight_g ?? 0,
			height: row.height_mm ?? 0,
			width: row.width_mm ?? 0,
			length: row.length_mm ?? 0,
		},
		available: row.available,
	}
	return { topic, key: Buffer.from(String(row.id)), value: Buffer.from(JSON.stringify(message)), headers: {} }
}

/** Throws unless the table holds these products, all of them and no others, as they were sent. */
async function expectCatalogue({ ground: { sql } }: Bench, rows: readonly ProductUpsert[]): Promise<void> {
	const columns = sql`id, name, description, price, tax, weight_g, height_mm, width_mm, length_mm, available, version`
	const [hashes] = await sql<[{ found: string; sent: string }]>`
		select
			(select md5(string_agg(row::text, '|' order by row.id))
				from (select ${columns} from products where withdrawn_at is null) as row) as found,
			(select md5(string_agg(row::text, '|' order by row.id))
				from (select ${columns} from json_to_recordset(${sql.typed.json(rows)}) as sent (id bigint, name text, description text,
					price bigint, tax bigint, weight_g bigint, height_mm bigint, width_mm bigint, length_mm bigint, available bigint,
					version bigint)) as row) as sent`
	if (hashes.found !== hashes.sent) throw new Error('the catalogue is not what was sent')
}
