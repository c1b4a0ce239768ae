import type { ReactNode } from 'react'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import type { OrderStatus as Status } from './order.ts'

const TONES: Readonly<Record<Status, Tone>> = {
	paid: 'info',
	assembling: 'warning',
	ready: 'accent',
	received: 'neutral',
	cancelled: 'danger',
}

/** An order's status in the service's words. */
export const StatusBadge = ({ status, children }: { status: Status; children: ReactNode }) => (
	<Badge tone={TONES[status]}>{children}</Badge>
)
