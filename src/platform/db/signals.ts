import type { Logger } from 'pino'
import { connectBeside, type Sql } from './database.ts'

/**
 * Says to every process on this database "look again": after a commit, on a connection of its own, at most once in
 * DEBOUNCE_MS. Never inside a business transaction: NOTIFY takes a lock at commit that all commits share (measured:
 * 9,303 → 3,171 commits/s at 16 clients). A signal may be lost, so whoever waits for one also looks once in a while.
 */
export type Signals = {
	announce(name: SignalName): void
	/** Calls `listener` after each signal of that name, and each time the connection is made anew. */
	on(name: SignalName, listener: () => void): () => void
	close(): Promise<void>
}

/**
 * `outbox`: events wait for the relay. `topics`: the embedded topics have new messages. `reports`: one was requested.
 * `reports_cancelled`: one that may be in the making was cancelled.
 */
export type SignalName = 'outbox' | 'topics' | 'reports' | 'reports_cancelled'

const CHANNEL = 'prilavok'
const DEBOUNCE_MS = 10
const RETRY_MS = 500

export function createSignals(sql: Sql, log: Logger): Signals {
	const listeners = new Map<SignalName, Set<() => void>>()
	const waiting = new Map<SignalName, NodeJS.Timeout>()
	let retry: NodeJS.Timeout | undefined
	let closed = false
	let connection: Sql | undefined
	let heard = true

	const fire = (name: string) => {
		for (const [known, set] of listeners) if (known === name) for (const listener of set) listener()
	}
	const fireAll = () => {
		for (const set of listeners.values()) for (const listener of set) listener()
	}
	const listenAgain = () => {
		if (!closed) retry ??= setTimeout(() => void listen(), RETRY_MS)
	}
	// Not by the driver's own `listen`: it asks no second time where a server refuses, as a standby does, though that may become the
	// primary with the connection left as it is.
	const listen = async () => {
		retry = undefined
		connection ??= connectBeside(sql, 'prilavok signals', { onnotify: (_channel, name) => fire(name), onclose: listenAgain })
		try {
			await connection`listen ${connection(CHANNEL)}`
			heard = true
			fireAll()
		} catch (error) {
			if (closed) return
			if (heard) log.warn({ err: error }, 'nobody can listen for signals; polling goes on')
			heard = false
			listenAgain()
		}
	}
	const send = async (name: SignalName) => {
		waiting.delete(name)
		try {
			await sql.notify(CHANNEL, name)
		} catch (error) {
			log.debug({ err: error, signal: name }, 'a signal was lost; polling finds what it told of')
		}
	}
	return {
		announce(name) {
			if (!closed && !waiting.has(name))
				waiting.set(
					name,
					setTimeout(() => void send(name), DEBOUNCE_MS),
				)
		},
		on(name, listener) {
			if (listeners.size === 0) void listen()
			const set = listeners.get(name) ?? new Set()
			listeners.set(name, set.add(listener))
			return () => set.delete(listener)
		},
		async close() {
			closed = true
			clearTimeout(retry)
			for (const timer of waiting.values()) clearTimeout(timer)
			await connection?.end({ timeout: 0 })
		},
	}
}
