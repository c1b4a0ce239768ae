import { connectBeside, type Sql } from './database.ts'

/** Asks the database again and again, on a connection of its own: how busy the pool is says nothing about the database. */
export type Looker = {
	/** Reads on the connection, which is made anew when it breaks or is silent for too long. All tries together have `timeoutMs`. */
	look<Found>(read: (connection: Sql) => Promise<Found>, tries?: number): Promise<Found>
	/** Ends the connection; the next look makes another one. */
	disconnect(): Promise<void>
}

export type LookerOptions = {
	/** How the database's lists of connections call it. */
	readonly name: string
	readonly timeoutMs: number
}

export function createLooker(sql: Sql, { name, timeoutMs }: LookerOptions): Looker {
	let connection: Sql | undefined
	const disconnect = async () => {
		const closing = connection
		connection = undefined
		await closing?.end({ timeout: 0 })
	}
	return {
		disconnect,
		async look(read, tries = 1) {
			const deadline = startDeadline(timeoutMs)
			try {
				for (let left = tries; ; left--) {
					try {
						connection ??= connectBeside(sql, name)
						return await Promise.race([read(connection), deadline.passed])
					} catch (error) {
						await disconnect()
						if (left <= 1 || deadline.isPassed()) throw error
					}
				}
			} finally {
				deadline.clear()
			}
		},
	}
}

/** A promise that rejects when time is up, and not before all has been read that has arrived by then. */
function startDeadline(ms: number) {
	const { promise, reject } = Promise.withResolvers<never>()
	// Nobody may be waiting for it when it comes.
	promise.catch(() => undefined)
	let over = false
	const timer = setTimeout(() => {
		// A process that was stopped finds timers due before it finds the answers that came meanwhile.
		setImmediate(() => {
			over = true
			reject(new Error(`the database did not answer within ${ms} ms`))
		})
	}, ms)
	return { passed: promise, isPassed: () => over, clear: () => clearTimeout(timer) }
}
