import { useEffect, useSyncExternalStore } from 'react'

/** What the service tells the staff as it happens (docs/tracking.md); a role hears what it may see. */
export type LiveEvent =
	| { readonly name: 'order_placed' | 'order_changed'; readonly data: LiveOrder }
	| { readonly name: 'order_notes_changed'; readonly data: { readonly order_id: string } }
	| { readonly name: 'orders_changed' | 'report_changed' | 'dead_letter'; readonly data: Readonly<Record<string, unknown>> }

type LiveOrder = {
	readonly order_id: string
	readonly number: number
	readonly status: string
	readonly version: number
	readonly total: number
	readonly delivery_method: string
}

/** `connecting` at first and whenever the connection was lost; the browser comes again by itself. */
export type LiveState = 'off' | 'connecting' | 'open'

const NAMES = ['order_placed', 'order_changed', 'order_notes_changed', 'orders_changed', 'report_changed', 'dead_letter'] as const
/** The browser gives up where it is refused (signed out, too many tabs): it is asked to try again after this. */
const RETRY_MS = 5_000

const listeners = new Set<(event: LiveEvent) => void>()
const reopened = new Set<() => void>()
const watchers = new Set<() => void>()
let state: LiveState = 'off'
let source: EventSource | undefined
let timer: number | undefined

function setState(next: LiveState): void {
	state = next
	for (const watcher of watchers) watcher()
}

function connect(): void {
	setState('connecting')
	source = new EventSource('/v1/admin/events')
	// What happened in between is not told again: whoever shows something reads it anew.
	source.addEventListener('open', () => {
		setState('open')
		for (const listener of reopened) listener()
	})
	source.addEventListener('error', () => {
		setState('connecting')
		if (source?.readyState !== EventSource.CLOSED) return
		timer = window.setTimeout(connect, RETRY_MS)
	})
	for (const name of NAMES) {
		source.addEventListener(name, ({ data }) => {
			const event: LiveEvent = { name, data: JSON.parse(data) }
			for (const listener of listeners) listener(event)
		})
	}
}

function disconnect(): void {
	window.clearTimeout(timer)
	source?.close()
	source = undefined
	setState('off')
}

/** Keeps the one stream of this tab open while the component is there. */
export function useLiveConnection(): void {
	useEffect(() => {
		connect()
		return disconnect
	}, [])
}

/** Calls `onEvent` with each event, and `onOpen` whenever the stream opens: read anew what you show. Both must be stable. */
export function useLive(onEvent: (event: LiveEvent) => void, onOpen?: () => void): void {
	useEffect(() => {
		listeners.add(onEvent)
		if (onOpen) reopened.add(onOpen)
		return () => {
			listeners.delete(onEvent)
			if (onOpen) reopened.delete(onOpen)
		}
	}, [onEvent, onOpen])
}

export const useLiveState = (): LiveState =>
	useSyncExternalStore(
		(watcher) => {
			watchers.add(watcher)
			return () => void watchers.delete(watcher)
		},
		() => state,
	)
