import { after, before } from 'node:test'
import { pino } from 'pino'
import { createLeadership } from '../../src/platform/db/leadership.ts'
import { createSignals } from '../../src/platform/db/signals.ts'
import { createEmbeddedTopics } from '../../src/platform/topics/embedded.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { topicsKeepTheirPromises } from '../support/topics-contract.ts'

let database: TestDatabase
const closers: (() => Promise<void>)[] = []
before(async () => {
	database = await createTestDatabase()
})
after(async () => {
	for (const close of closers) await close()
})

topicsKeepTheirPromises(async () => {
	const { sql, url } = database
	const log = pino({ level: 'silent' })
	const signals = createSignals(sql, log)
	const topics = createEmbeddedTopics({ sql, signals, leadership: createLeadership(url, log), log })
	closers.push(topics.close, signals.close)
	return topics
})
