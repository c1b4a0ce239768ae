import { Consumer, type GroupPartitionsAssigner } from '@platformatic/kafka'
import { createWaker } from '../waker.ts'
import {
	answered,
	clientOptions,
	createBackoff,
	explained,
	hold,
	type KafkaOptions,
	needsRejoin,
	pause,
	SILENT_MAX_MS,
	SILENT_MAX_READING_MS,
	within,
} from './kafka-client.ts'
import { bury, memberName } from './kafka-ghosts.ts'
import type { Offsets } from './kafka-fetcher.ts'

/** A member that says nothing for so long has its partitions given to others. */
const SESSION_TIMEOUT_MS = 30_000
const HEARTBEAT_MS = 3_000
/** How long the group waits for each member to join again; the client wants it no shorter than the session. */
const REBALANCE_TIMEOUT_MS = 30_000
/** Beyond what its parts may take: the batch in hand and an answer. */
const JOIN_DEADLINE_MS = 75_000
/** How long the group waits for the batch that we have in hand, before it goes on without us. */
const REVOKE_WAIT_MS = 20_000
const COMMIT_DEADLINE_MS = 15_000
/** Without partitions for so long, though nothing is said to be wrong, a new membership is worth a try. */
const TURN_DEADLINE_MS = 120_000
const CHECK_MS = 1_000
const METADATA_MAX_AGE_MS = 1_000

/** Partitions that are ours until the group changes. */
export type Turn = {
	/** May be none: there are more members than partitions. */
	readonly partitions: readonly number[]
	/** Aborted when the group changes: finish and commit what is in hand, then end the turn. The group waits. */
	readonly revoked: AbortSignal
	end(): void
}

export type Member = {
	/** Waits for the next turn; `stopped`: the signal came first; `lost`: close this membership and take another. */
	nextTurn(): Promise<Turn | 'stopped' | 'lost'>
	/** How far the group has read; without an entry: not at all. */
	committed(partitions: readonly number[]): Promise<Offsets>
	/** Remembers for the group where to read on. Throws when that is not certain; the messages then come again. */
	commit(next: Offsets): Promise<void>
	/** Has partitions dealt anew. */
	rejoin(): void
	/** Leaves the group. */
	close(): Promise<void>
}

export type MemberOptions = {
	readonly kafka: KafkaOptions
	readonly group: string
	readonly topic: string
	/** Ends the wait of `nextTurn`. */
	readonly stop: AbortSignal
}

type State = {
	/** Undefined while the group is dealing. */
	assigned: readonly number[] | undefined
	turn: { readonly revoke: AbortController; readonly ended: PromiseWithResolvers<void> } | undefined
	joining: boolean
	/** The broker was asked to let us join, and answers when all members have asked. */
	dealing: boolean
	/** The broker was asked to remember how far we have read, and has that stored on its replicas first. */
	committing: boolean
	broken: boolean
}

/**
 * A membership in a consumer group, for one topic. The client renews it in the background; what is kept here is that a turn
 * ends, its batch in hand committed, before the client joins again, so that no message is in two hands.
 */
export function createMember(options: MemberOptions): Member {
	const { kafka, group, topic, stop } = options
	const state: State = { assigned: undefined, turn: undefined, joining: false, dealing: false, committing: false, broken: false }
	const waker = createWaker()
	const client = createClient(options, state)
	const patience = () => patienceWith(state)
	const held = hold(client, kafka.log, () => client.close(true), patience)
	const join = () => joinUntilDone(client, options, state)

	client.on('consumer:group:join', ({ assignments }) => {
		state.dealing = false
		state.assigned = assignments?.find((assignment) => assignment.topic === topic)?.partitions ?? []
		kafka.log.debug({ topic, group, partitions: state.assigned }, 'the consumer group was dealt partitions')
		waker.wake()
	})
	// The client tells so that it could not join again; it would not try another time.
	client.on('error', () => {
		state.dealing = false
		void join()
	})
	stop.addEventListener('abort', waker.wake)
	void bury(kafka, group).then(join)

	return {
		async nextTurn() {
			const deadline = performance.now() + TURN_DEADLINE_MS
			while (!stop.aborted) {
				if (state.assigned !== undefined) return beginTurn(state, state.assigned)
				if (state.broken || (!state.joining && performance.now() > deadline)) return 'lost'
				await waker.wait(CHECK_MS)
			}
			return 'stopped'
		},
		async committed(partitions) {
			const offsets = await client.listCommittedOffsets({ topics: [{ topic, partitions: [...partitions] }] })
			return new Map(
				partitions.flatMap((partition) => {
					const offset = offsets.get(topic)?.[partition]
					return offset === undefined || offset < 0n ? [] : [[partition, offset]]
				}),
			)
		},
		async commit(next) {
			const offsets = [...next].map(([partition, offset]) => ({ topic, partition, offset, leaderEpoch: -1 }))
			const { assigned } = state
			state.committing = true
			try {
				await within(COMMIT_DEADLINE_MS, 'a commit', client.commit({ offsets }))
			} catch (error) {
				// The next heartbeat would be told the same; the others wait meanwhile.
				if (needsRejoin(error) && state.assigned === assigned) {
					state.assigned = undefined
					void join()
				}
				throw error
			} finally {
				state.committing = false
			}
		},
		rejoin: () => void join(),
		async close() {
			stop.removeEventListener('abort', waker.wake)
			await held.close()
		},
	}
}

/** Only who has to wait is waited for: a connection that was made while the network was down should be given up soon. */
function patienceWith({ dealing, committing }: State): number {
	if (dealing) return Infinity
	return committing ? SILENT_MAX_MS : SILENT_MAX_READING_MS
}

/**
 * The client makes no attempts of its own (`retries`): a commit of its that failed would join the group from within the turn
 * that joining waits for.
 */
function createClient({ kafka, group, topic }: MemberOptions, state: State): Consumer {
	const client = new Consumer({
		...clientOptions(kafka),
		clientId: memberName(kafka.clientId),
		groupId: group,
		groupProtocol: 'classic',
		sessionTimeout: SESSION_TIMEOUT_MS,
		heartbeatInterval: HEARTBEAT_MS,
		rebalanceTimeout: REBALANCE_TIMEOUT_MS,
		metadataMaxAge: METADATA_MAX_AGE_MS,
		autocommit: false,
		retries: 0,
		partitionAssigner: dealByTopic,
		// Called before each joining, which waits for it: the moment to end a turn.
		async protocolsMetadata(_protocols, _topics, metadata) {
			state.assigned = undefined
			const { turn } = state
			turn?.revoke.abort()
			try {
				if (turn !== undefined) await within(REVOKE_WAIT_MS, 'the batch in hand', turn.ended.promise)
			} catch (error) {
				kafka.log.warn({ err: error, topic, group }, 'the group goes on while a batch is in hand: it may come twice')
			}
			state.dealing = true
			// Another number of partitions than last time makes the group deal them anew.
			return Buffer.from(`${topic} ${metadata.topics.get(topic)?.partitionsCount}`)
		},
	})
	client.topics.track(topic)
	return client
}

/**
 * Joins the group, however long there is no broker. The same member each time: a new one would wait for the old one's end. A group
 * that takes longer to deal than a request may is asked again, and takes it for the same wish.
 */
async function joinUntilDone(client: Consumer, { kafka, group, topic, stop }: MemberOptions, state: State): Promise<void> {
	if (state.joining) return
	state.joining = true
	const backoff = createBackoff()
	while (!stop.aborted && !client.closed) {
		const start = performance.now()
		try {
			await within(JOIN_DEADLINE_MS, 'joining the group', client.joinGroup())
			break
		} catch (error) {
			state.dealing = false
			if (!isPassing(error)) kafka.log.warn({ err: explained(error), topic, group }, 'the consumer group can not be joined yet')
			// What takes all the time there is will not come back.
			state.broken = performance.now() - start > JOIN_DEADLINE_MS - CHECK_MS
			if (state.broken) break
			await pause(backoff.next(), stop)
		}
	}
	state.joining = false
}

function beginTurn(state: State, partitions: readonly number[]): Turn {
	const turn = { revoke: new AbortController(), ended: Promise.withResolvers<void>() }
	state.turn = turn
	return {
		partitions,
		revoked: turn.revoke.signal,
		end() {
			if (state.turn === turn) state.turn = undefined
			turn.ended.resolve()
		},
	}
}

/** Part of joining a group that is being made or changed, and over in a moment. */
const isPassing = (error: unknown): boolean =>
	needsRejoin(error) || answered(error, 'COORDINATOR_NOT_AVAILABLE', 'COORDINATOR_LOAD_IN_PROGRESS', 'NOT_COORDINATOR')

/** Deals each topic's partitions to those who asked for it. The client's own way takes it that all ask for the same topics. */
const dealByTopic: GroupPartitionsAssigner = (_current, members, _topics, metadata) => {
	const dealt = new Map(
		[...members.keys()].map((memberId) => [memberId, new Map<string, { topic: string; partitions: number[] }>()]),
	)
	for (const [topic, { partitionsCount }] of metadata.topics) {
		const asking = [...members.values()].filter((member) => member.topics?.includes(topic)).map((member) => member.memberId)
		asking.sort()
		for (let partition = 0; partition < partitionsCount; partition++) {
			const hand = dealt.get(asking[partition % asking.length] ?? '')
			const assignment = hand?.get(topic) ?? { topic, partitions: [] }
			assignment.partitions.push(partition)
			hand?.set(topic, assignment)
		}
	}
	return [...dealt].map(([memberId, assignments]) => ({ memberId, assignments }))
}
