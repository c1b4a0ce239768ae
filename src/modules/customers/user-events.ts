import type { UserEvent, UserEventType } from '../../events/users.ts'
import type { Locale } from '../../platform/http/problem.ts'
import type { OutboxEvent } from '../../platform/outbox/outbox.ts'

export type UserFact = { readonly id: number; readonly locale: Locale; readonly at: Date }

/** What happened to a user, for the other services. It holds no personal data. */
export function userEvent(topic: string, type: UserEventType, { id, locale, at }: UserFact): OutboxEvent {
	return { topic, key: String(id), type, value: { user_id: id, locale, occurred_at: at.toISOString() } satisfies UserEvent }
}
