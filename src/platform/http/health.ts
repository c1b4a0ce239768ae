import { Type } from 'typebox'
import type { Sql } from '../db/database.ts'
import { pendingMigrations } from '../db/migrations.ts'
import { anyone } from './policy.ts'
import { httpProblem, problems } from './problem.ts'
import { type App, sendProblem } from './server.ts'

/** Whether the database is there (else it throws) and migrated as far as this program needs it. */
export const isReady = async (sql: Sql): Promise<boolean> => (await pendingMigrations(sql)).length === 0

const Health = Type.Object({ status: Type.Literal('ok') })
const policy = anyone

/**
 * For the operator's probes. `live`: the process answers. `ready`: it can serve, so the database is there and migrated,
 * and is not about to close; the broker may be away, for events wait in the outbox.
 */
export function registerHealth(app: App, sql: Sql): void {
	const tags = ['operation']
	app.get(
		'/health/live',
		{ config: { policy }, schema: { tags, summary: 'Whether the process answers', response: { 200: Health } } },
		async () => ({ status: 'ok' as const }),
	)
	app.get(
		'/health/ready',
		{
			config: { policy },
			schema: {
				tags,
				summary: 'Whether requests can be served',
				response: { 200: Health, ...problems(httpProblem, 'unavailable') },
			},
		},
		async (request, reply) => {
			if (app.leaving) {
				// Not thrown: nothing has failed that the log would have to tell of.
				sendProblem(httpProblem('unavailable'), request, reply)
				return reply
			}
			if (!(await isReady(sql))) throw httpProblem('unavailable')
			return { status: 'ok' as const }
		},
	)
}
