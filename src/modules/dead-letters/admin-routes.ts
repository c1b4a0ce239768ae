import { countLetters, type ListedLetter, listLetters, readLetter } from '../../platform/dead-letters/queries.ts'
import { decodeCursor, toPage } from '../../platform/http/pages.ts'
import { staff } from '../../platform/http/policy.ts'
import { problems } from '../../platform/http/problem.ts'
import type { App } from '../../platform/http/server.ts'
import type { Service } from '../service.ts'
import { readStaffEmails, staffOf } from '../staff/index.ts'
import { decideLetters } from './decide-letters.ts'
import { noteLook } from './note-look.ts'
import { deadLetterProblem } from './problems.ts'
import {
	DeadLetter,
	DeadLetterCounts,
	DeadLetterPage,
	DeadLetterParams,
	DeadLetterQuery,
	DecisionBody,
	DecisionResults,
} from './schemas.ts'
import { viewLetter, viewListed } from './view-letter.ts'

const tags = ['admin: dead letters']
/** The list has one order, newest first: its name in the cursor. */
const SORT = 'newest'

/** What could not be delivered: look at it, send it again, drop it. */
export function registerDeadLetterRoutes(app: App, service: Service): void {
	registerReads(app, service)
	registerDecisions(app, service)
}

function registerReads(app: App, service: Service): void {
	const { sql } = service
	const emailsOf = (letters: readonly ListedLetter[]) =>
		readStaffEmails(
			sql,
			letters.flatMap(({ decided_by: by }) => (by === null ? [] : [by])),
		)
	app.get(
		'/admin/dead-letters',
		{
			config: { policy: staff('operator') },
			schema: {
				tags,
				summary: 'List dead letters',
				description: 'Newest first. Messages are kept for 30 days, events of ours until somebody has decided.',
				querystring: DeadLetterQuery,
				response: { 200: DeadLetterPage },
			},
		},
		async ({ query: { cursor, limit, ...filter } }) => {
			const before = cursor === undefined ? undefined : decodeCursor(cursor, SORT, ['number'])[0]
			const letters = await listLetters(service.sql, { ...filter, before }, limit + 1)
			const emails = await emailsOf(letters)
			return toPage(letters, limit, { item: (letter) => viewListed(letter, emails), cursor: ({ id }) => [SORT, id] })
		},
	)
	app.get(
		'/admin/dead-letters/counts',
		{
			config: { policy: staff('operator') },
			schema: { tags, summary: 'Count open dead letters by topic and reason', response: { 200: DeadLetterCounts } },
		},
		async (): Promise<DeadLetterCounts> => {
			const counts = await countLetters(sql)
			return { data: counts.map(({ newest_at, ...count }) => ({ ...count, newest_at: newest_at.toISOString() })) }
		},
	)
	app.get(
		'/admin/dead-letters/:id',
		{
			config: { policy: staff('operator') },
			schema: {
				tags,
				summary: 'Look at a dead letter',
				description: 'Leaves a line in the audit log.',
				params: DeadLetterParams,
				response: { 200: DeadLetter, ...problems(deadLetterProblem, 'dead_letter_not_found') },
			},
		},
		async (request) => {
			const { id } = request.params
			const letter = await readLetter(sql, id)
			if (letter === undefined) throw deadLetterProblem('dead_letter_not_found')
			await noteLook(service, staffOf(request).id, letter)
			return viewLetter(letter, await emailsOf([letter]))
		},
	)
}

function registerDecisions(app: App, service: Service): void {
	for (const { path, decision, summary, description } of [
		{
			path: '/admin/dead-letters/replay',
			decision: 'replayed',
			summary: 'Send dead letters again',
			description:
				'With the bytes, key and headers that they came with, in the order in which they died: messages to the topic on which they ' +
				'stood, events of ours to the topic that has refused them. What comes to nothing again is a new letter.',
		},
		{
			path: '/admin/dead-letters/drop',
			decision: 'dropped',
			summary: 'Drop dead letters',
			description: 'Nothing is done with them any more. They stay in the list as long as others.',
		},
	] as const) {
		app.post(
			path,
			{
				config: { policy: staff('operator') },
				schema: { tags, summary, description, body: DecisionBody, response: { 200: DecisionResults } },
			},
			async (request) => ({
				data: await decideLetters(service, request.body.ids, { by: staffOf(request).id, decision }),
			}),
		)
	}
}
