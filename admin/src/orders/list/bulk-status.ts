import { useMutation } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { paths } from '../../api/schema.gen.ts'
import type { Status } from './search.ts'

type BulkAnswer = paths['/v1/admin/orders/bulk-status']['post']['responses']['200']['content']['application/json']
/** What became of one of many orders. */
export type Outcome = BulkAnswer['data'][number]

export type BulkWish = { readonly ids: readonly string[]; readonly status: Status; readonly reason: string }

/** As many as the API takes at once. */
const AT_ONCE = 500

/** Changes the status of many orders, each on its own. */
export const useBulkStatus = () =>
	useMutation({
		async mutationFn({ ids, status, reason }: BulkWish): Promise<Outcome[]> {
			const outcomes: Outcome[] = []
			for (let at = 0; at < ids.length; at += AT_ONCE) {
				const body = { ids: ids.slice(at, at + AT_ONCE), status, reason: reason.trim() === '' ? null : reason.trim() }
				outcomes.push(...(await answerOf(api.POST('/v1/admin/orders/bulk-status', { body }))).data)
			}
			return outcomes
		},
	})
