import type { Logger } from 'pino'
import type { TopicNames } from '../events/topics.ts'
import type { Config } from '../platform/config.ts'
import type { Sql } from '../platform/db/database.ts'
import type { Signals } from '../platform/db/signals.ts'
import type { Metrics } from '../platform/telemetry/metrics.ts'
import type { Topics } from '../platform/topics/port.ts'

/** What every module works with, made once by the process. */
export type Service = {
	readonly config: Config
	readonly log: Logger
	readonly metrics: Metrics
	readonly sql: Sql
	readonly signals: Signals
	readonly topics: Topics
	readonly topicNames: TopicNames
	/** The key of the hashes of phones and codes, and what the key of the staff's TOTP secrets comes out of. */
	readonly secret: Buffer
	/** Where this service is reached from outside, without a slash at the end. */
	readonly publicUrl: string
}
