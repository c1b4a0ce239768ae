import { hostname } from 'node:os'
import { Admin } from '@platformatic/kafka'
import { isRunning } from '../processes.ts'
import { clientOptions, explained, hold, type KafkaOptions, within } from './kafka-client.ts'

const DEADLINE_MS = 5_000
const STARTED_AT_MS = Math.round(performance.timeOrigin)
/** A broker's own names for members and metrics are made of it. */
const HOST = hostname().replaceAll(/[^A-Za-z0-9_-]/g, '-')

/** How a member of this process names itself to the group, so that the next process on this machine knows it again. */
export const memberName = (clientId: string): string => `${clientId}.${HOST}.${process.pid}.${STARTED_AT_MS}`

/**
 * Has those leave the group whose process on this machine was killed. The group would otherwise wait for them until their session
 * ends, and a worker that is started again would have nothing to do for half a minute. One that is taken for dead by mistake
 * (it has the same host name elsewhere) is told so and joins again. Never throws: at the worst the group waits.
 */
export async function bury(options: KafkaOptions, group: string): Promise<void> {
	const client = new Admin({ ...clientOptions(options), retries: 0 })
	const { close } = hold(client, options.log, () => client.close())
	try {
		await within(DEADLINE_MS, 'looking for dead members', buryWith(client, options.clientId, group))
	} catch (error) {
		options.log.debug({ err: explained(error), group }, 'the group was not searched for dead members')
	} finally {
		await close()
	}
}

async function buryWith(client: Admin, clientId: string, group: string): Promise<void> {
	const groups = await client.describeGroups({ groups: [group] })
	const members = [...(groups.get(group)?.members.values() ?? [])]
	const dead = members.filter((member) => isDead(member.clientId, clientId))
	if (dead.length === 0) return
	const removals = dead.map(({ id }) => ({ memberId: id, reason: 'its process has ended' }))
	await client.removeMembersFromConsumerGroup({ groupId: group, members: removals })
}

function isDead(name: string, clientId: string): boolean {
	const [, prefix, pid, startedAt] = /^(.*)\.(\d+)\.(\d+)$/.exec(name) ?? []
	if (prefix !== `${clientId}.${HOST}`) return false
	// In a container each process in turn has the number of the one before.
	if (Number(pid) === process.pid) return Number(startedAt) !== STARTED_AT_MS
	return !isRunning(Number(pid))
}
