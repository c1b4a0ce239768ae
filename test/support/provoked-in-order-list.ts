import assert from 'node:assert/strict'
import type { Answer } from './client.ts'
import { eventually } from './eventually.ts'
import type { TestShop } from './shop.ts'
import type { Speak } from './speak.ts'
import { signInStaff, type StaffMember } from './staff.ts'

const viewBody = (name: string) => ({ name, query: {}, columns: ['number'] })

/** How to come by each problem of the staff's list of orders. */
export function provokedInOrderList(
	ground: () => { readonly shop: TestShop; readonly manager: StaffMember },
): Readonly<Record<string, (speak: Speak) => Promise<Answer>>> {
	return {
		view_not_found: (speak) => speak(ground().manager).delete('/admin/orders/views/999999'),
		async view_name_taken(speak) {
			const { manager } = ground()
			await manager.post('/admin/orders/views', { body: viewBody('Новые') })
			return speak(manager).post('/admin/orders/views', { body: viewBody('новые') })
		},
		async too_many_views(speak) {
			const viewer = await signInStaff(ground().shop, 'viewer')
			for (let view = 1; view <= 50; view++) await viewer.post('/admin/orders/views', { body: viewBody(String(view)) })
			return speak(viewer).post('/admin/orders/views', { body: viewBody('51') })
		},
		/** Two exports that have not begun to write, for they wait for a lock; then one more. */
		async too_many_exports(speak) {
			const { shop } = ground()
			const viewer = await signInStaff(shop, 'viewer')
			return shop.sql.begin(async (tx) => {
				await tx`lock table orders in access exclusive mode`
				void Promise.all([viewer, viewer].map((member) => member.get('/admin/orders/export')))
				return eventually(async () => {
					const tried = await speak(viewer).get('/admin/orders/export?number=1')
					assert.equal(tried.status, 429)
					return tried
				})
			})
		},
	}
}
