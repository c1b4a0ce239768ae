import type { Answer, Client } from './client.ts'
import type { TestShop } from './shop.ts'
import type { Speak } from './speak.ts'
import { signInStaff, type StaffMember } from './staff.ts'

export type NotesGround = { readonly shop: TestShop; readonly manager: StaffMember; readonly orderId: () => Promise<string> }

const note = (by: Pick<Client, 'post'>, id: string) => by.post(`/admin/orders/${id}/notes`, { body: { text: 'заметка' } })

/** How to come by each problem of notes on orders. */
export function provokedInNotes(ground: () => NotesGround): Readonly<Record<string, (speak: Speak) => Promise<Answer>>> {
	return {
		async note_not_found(speak) {
			const { manager, orderId } = ground()
			return speak(manager).delete(`/admin/orders/${await orderId()}/notes/999999`)
		},
		async note_of_another(speak) {
			const { shop, manager, orderId } = ground()
			const id = await orderId()
			const { body } = await note(await signInStaff(shop, 'operator'), id)
			return speak(manager).delete(`/admin/orders/${id}/notes/${body.id}`)
		},
		async too_many_notes(speak) {
			const { manager, orderId } = ground()
			const id = await orderId()
			for (let count = 1; count <= 100; count++) await note(manager, id)
			return note(speak(manager), id)
		},
	}
}
