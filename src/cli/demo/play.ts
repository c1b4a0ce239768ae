import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OutgoingMessage } from '../../platform/topics/port.ts'
import type { TopicsGround } from '../topics-ground.ts'
import type { Terminal } from '../terminal.ts'
import type { ShopClient } from '../shop-client.ts'

/** Where the demo plays. */
export type Stage = Pick<TopicsGround, 'topics' | 'topicNames'> & { readonly shop: ShopClient; readonly terminal: Terminal }

type Telling = {
	readonly topic: string
	readonly key: string
	readonly type: string
	readonly source: string
	readonly value: object
}

/** A message as another service sends it: a CloudEvent in binary mode. */
export const messageOf = ({ topic, key, type, source, value }: Telling): OutgoingMessage => ({
	topic,
	key: Buffer.from(key),
	value: Buffer.from(JSON.stringify(value)),
	headers: {
		ce_specversion: '1.0',
		ce_id: randomUUID(),
		ce_source: source,
		ce_type: type,
		ce_time: new Date().toISOString(),
		'content-type': 'application/json',
	},
})

/** Publishes messages; throws when one is refused. */
export async function tell({ topics }: Stage, messages: readonly OutgoingMessage[]): Promise<void> {
	const [refused] = await topics.publishBatch(messages)
	if (refused !== undefined) throw new Error(`A message is refused: ${refused.reason}`)
}

const WAIT_MAX_MS = 30_000
const LOOK_MS = 100

/** Looks again and again until it is so; throws an Error with `otherwise` after 30 seconds. */
export async function until({ terminal }: Stage, isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
	const deadline = performance.now() + WAIT_MAX_MS
	while (!(await isSo())) {
		if (performance.now() > deadline) throw new Error(otherwise)
		await sleep(LOOK_MS, undefined, { signal: terminal.interrupted })
	}
}
