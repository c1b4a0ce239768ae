import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { useMe } from '../../session/me.ts'
import { useToasts } from '../../ui/toasts.ts'
import { type HistoryLine, labelOf, type Note, type StaffOrder } from './order.ts'
import { orderTexts } from './texts.ts'
import { useWho } from './who.ts'

type DeliveryEvent = NonNullable<StaffOrder['delivery']['events']>[number]

const markOfLine = ({ version }: HistoryLine): string => `line ${version}`
const markOfNote = ({ id }: Note): string => `note ${id}`
const markOfEvent = ({ occurred_at, status }: DeliveryEvent): string => `event ${occurred_at} ${status}`

const marksOf = ({ history, notes, delivery }: StaffOrder): string[] => [
	...history.map(markOfLine),
	...notes.map(markOfNote),
	...(delivery.events ?? []).map(markOfEvent),
]

/** Whether something has come while the order was looked at, and not by one's own hand. */
export type News = {
	readonly line: (line: HistoryLine) => boolean
	readonly note: (note: Note) => boolean
	readonly event: (event: DeliveryEvent) => boolean
}

/**
 * What has changed since the order was opened; each piece of it is told once, also to screen readers. Nothing is told while the person is
 * `busy` with a dialog, which tells of it itself.
 */
export function useNews(order: StaffOrder, busy: boolean): News {
	const me = useMe().id
	const [seen] = useState<ReadonlySet<string>>(() => new Set(marksOf(order)))
	const news: News = {
		line: (line) => !seen.has(markOfLine(line)) && !(line.actor.type === 'staff' && line.actor.id === me),
		note: (note) => !seen.has(markOfNote(note)) && note.author.id !== me,
		event: (event) => !seen.has(markOfEvent(event)),
	}
	useTold(order, news, busy)
	return news
}

function useTold(order: StaffOrder, news: News, busy: boolean): void {
	const t = useTexts(orderTexts)
	const who = useWho()
	const { done } = useToasts()
	const told = useRef(new Set<string>())
	useEffect(() => {
		const tell = (text: string) => busy || done(text)
		const first = (mark: string) => !told.current.has(mark) && told.current.add(mark)
		const line = order.history.filter((one) => news.line(one) && first(markOfLine(one))).at(-1)
		if (line) tell(t.changedBy(who(line.actor), labelOf(order, line.status)))
		const note = order.notes.filter((one) => news.note(one) && first(markOfNote(one))).at(-1)
		if (note) tell(t.notedBy(who({ type: 'staff', ...note.author })))
		const events = (order.delivery.events ?? []).filter((one) => news.event(one) && first(markOfEvent(one)))
		if (events.length > 0) tell(t.moved)
	})
}
