import assert from 'node:assert/strict'
import type { Client } from './client.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test looks into what it finds
export type Letter = any

/** What somebody at the desk does with dead letters. */
export type LetterDesk = {
	/** The newest that fit. */
	list(query: string): Promise<Letter[]>
	read(id: number): Promise<Letter>
	decide(what: 'replay' | 'drop', ...ids: number[]): Promise<[id: number, outcome: string, state: string | null][]>
}

export const letterDesk = (operator: Client): LetterDesk => ({
	async list(query) {
		const { status, body } = await operator.get(`/admin/dead-letters?limit=100&${query}`)
		assert.equal(status, 200, JSON.stringify(body))
		return body.data
	},
	read: async (id) => (await operator.get(`/admin/dead-letters/${id}`)).body,
	async decide(what, ...ids) {
		const { status, body } = await operator.post(`/admin/dead-letters/${what}`, { body: { ids } })
		assert.equal(status, 200, JSON.stringify(body))
		return body.data.map(({ id, outcome, state }: Letter) => [id, outcome, state])
	},
})
