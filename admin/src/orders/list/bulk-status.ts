import { useMutation } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { paths } from '../../api/schema.gen.ts'
import type { Status } from './search.ts'

type BulkAnswer = paths['/v1/admin/orders/bulk-status']['post']['responses']['200']['content']['application/json']
/** What became of one of many orders. */
export type Outcome = BulkAnswer['data'][number]

type BulkWish = { readonly ids: readonly string[]; readonly status: Status; readonly reason: string }

/** As many as the API takes at once. */
const AT_ONCE = 500

/** Changes the status of many orders, each on its own. */
export const useBulkStatus = () => useMutation({ mutationFn: changeMany })

/**
 * Asks again for those that could not be tried, as long as some of them are: the service answers in a few seconds, however many there are.
 * Throws when none was changed for an error that all have.
 */
async function changeMany({ ids, status, reason }: BulkWish): Promise<Outcome[]> {
	const outcomes = new Map<string, Outcome>()
	for (let left = ids; left.length > 0; ) {
		const asked = left.slice(0, AT_ONCE)
		const body = { ids: asked, status, reason: reason.trim() === '' ? null : reason.trim() }
		try {
			const { data } = await answerOf(api.POST('/v1/admin/orders/bulk-status', { body }))
			for (const outcome of data) outcomes.set(outcome.id, outcome)
		} catch (error) {
			// What was changed before is told.
			if (outcomes.size === 0) throw error
		}
		const failed = asked.filter((id) => (outcomes.get(id)?.outcome ?? 'failed') === 'failed')
		if (failed.length === asked.length) break
		left = [...failed, ...left.slice(asked.length)]
	}
	return ids.map((id) => outcomes.get(id) ?? { id, outcome: 'failed', code: null, order: null })
}
