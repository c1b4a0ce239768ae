import type { ReactNode } from 'react'
import type { Role } from '../session/roles.ts'
import {
	AuditIcon,
	KeyIcon,
	LettersIcon,
	OrdersIcon,
	ProductsIcon,
	ReportsIcon,
	StaffIcon,
	TodayIcon,
	UsersIcon,
} from '../ui/icons.tsx'

export type Section = {
	readonly to: '/' | '/orders' | '/users' | '/products' | '/reports' | '/dead-letters' | '/audit' | '/staff' | '/keys'
	/** Its text in `shellTexts`. */
	readonly name: 'today' | 'orders' | 'users' | 'products' | 'reports' | 'deadLetters' | 'audit' | 'staff' | 'keys'
	/** Who sees it. The service refuses the others anyway. */
	readonly role: Role
	readonly Icon: () => ReactNode
}

/** The panel's sections, in the order in which they are shown. */
export const SECTIONS: readonly Section[] = [
	{ to: '/', name: 'today', role: 'viewer', Icon: TodayIcon },
	{ to: '/orders', name: 'orders', role: 'viewer', Icon: OrdersIcon },
	{ to: '/users', name: 'users', role: 'viewer', Icon: UsersIcon },
	{ to: '/products', name: 'products', role: 'viewer', Icon: ProductsIcon },
	{ to: '/reports', name: 'reports', role: 'manager', Icon: ReportsIcon },
	{ to: '/dead-letters', name: 'deadLetters', role: 'operator', Icon: LettersIcon },
	{ to: '/audit', name: 'audit', role: 'manager', Icon: AuditIcon },
	{ to: '/staff', name: 'staff', role: 'owner', Icon: StaffIcon },
	{ to: '/keys', name: 'keys', role: 'owner', Icon: KeyIcon },
]
