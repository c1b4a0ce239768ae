import { pino } from 'pino'
import { readConfig } from '../../src/platform/config.ts'
import { createLeadership } from '../../src/platform/db/leadership.ts'
import { createSignals } from '../../src/platform/db/signals.ts'
import type { Service } from '../../src/modules/service.ts'
import { createTopics, topicNamesOf } from '../../src/topics.ts'
import { atEnd } from './at-end.ts'
import { createClient } from './client.ts'
import type { TestDatabase } from './database.ts'
import type { ReachedShop } from './shop.ts'
import { testTopics } from './topics.ts'

/** The topics themselves, for whoever follows them. */
export type FollowedTopics = { readonly service: Pick<Service, 'topics' | 'topicNames'> }

const log = pino({ level: 'silent' })

/** Reaches a shop that answers at `url` and has its topics in that database. Nothing is started or migrated for it here. */
export async function reachShop(url: string, database: TestDatabase): Promise<ReachedShop & FollowedTopics> {
	const { sql } = database
	const config = readConfig({ DATABASE_URL: database.url })
	const signals = createSignals(sql, log)
	const topics = await createTopics(config, { sql, signals, leadership: createLeadership(database.url, log), log })
	atEnd(async () => {
		await topics.close()
		await signals.close()
	})
	const service = { topics, topicNames: topicNamesOf(config) }
	return { sql, guest: createClient(url), topics: testTopics(service), service }
}
