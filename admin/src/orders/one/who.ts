import { useTexts } from '../../i18n/texts.ts'
import type { HistoryLine } from './order.ts'
import { orderTexts } from './texts.ts'

/** Who did something, in words: by name where there is one. */
export function useWho(): (actor: HistoryLine['actor']) => string {
	const t = useTexts(orderTexts)
	return ({ type, id, name }) => {
		switch (type) {
			case 'customer':
				return name ?? t.byCustomer
			case 'staff':
				return name ?? (id === null ? t.byUnknown : t.byStaff(id))
			case 'service':
				return id === null ? t.byUnknown : t.byService(id)
			case 'inventory':
				return t.inventory
			case 'delivery':
				return t.deliveryService
		}
	}
}
