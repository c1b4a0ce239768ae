import { registerHooks } from 'node:module'

/**
 * The PostgreSQL driver (`postgres` 3.4.9) with one repair. On a connection that the server has closed it still takes the
 * `rollback` of the transaction that fails by it, and throws where nobody can catch it: the process ends
 * (porsager/postgres#1154, #1208, not in a release yet). With the repair that query is rejected like the others. Whoever
 * needs the driver imports it from here, and only types from the package.
 */
const FILE = '/postgres/src/connection.js'
const BEFORE = 'if (q.cancelled)\n      return\n'
const REPAIR = `if (socket === null)
      return queryError(q, Errors.connection('CONNECTION_CLOSED', options, socket)), true

    `

let repaired = false
const hooks = registerHooks({
	load(url, context, nextLoad) {
		const loaded = nextLoad(url, context)
		if (!url.endsWith(FILE)) return loaded
		const text = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source)
		const [head, tail, ...more] = text.split(BEFORE)
		if (tail === undefined || more.length > 0)
			throw new Error(`${url} is not the file that src/platform/db/driver.ts repairs: look at it anew`)
		repaired = true
		return { ...loaded, source: head + REPAIR + BEFORE + tail }
	},
})
export const { default: postgres } = await import('postgres')
hooks.deregister()
if (!repaired) throw new Error('Something imports `postgres` itself: take it from src/platform/db/driver.ts')
