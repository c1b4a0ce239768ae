import { registerHooks } from 'node:module'

/** A place in a file of the driver, which must stand there exactly once, and what is to stand there instead. */
type Repair = { readonly file: 'connection.js' | 'index.js' | 'query.js'; readonly before: string; readonly after: string }

/** How much later than by `statement_timeout` an answer may come. */
const ANSWER_GRACE_MS = 1_000

/**
 * The PostgreSQL driver (`postgres` 3.4.9) with repairs, all but the last of what it does when the database goes away; none is in a
 * release yet. Whoever needs the driver imports it from here, and only types from the package.
 */
const REPAIRS: readonly Repair[] = [
	// On a connection that the server has closed it still takes the `rollback` of the transaction that fails by it, and throws
	// where nobody can catch it: the process ends (porsager/postgres#1154, #1208).
	{
		file: 'connection.js',
		before: `if (q.cancelled)
      return
`,
		after: `if (socket === null)
      return queryError(q, Errors.connection('CONNECTION_CLOSED', options, socket)), true

    if (q.cancelled)
      return
`,
	},
	// What was not sent yet when a connection broke stays in its buffer, with the timer that would send it: made anew, the
	// connection never sends a byte, and each request for it ends in CONNECT_TIMEOUT, for ever (#1215).
	{
		file: 'connection.js',
		before: `socket.removeAllListeners()
    socket = null
`,
		after: `socket.removeAllListeners()
    socket = chunk = nextWriteTimer = null
`,
	},
	// A query that is sent after the error of a socket and before its close is forgotten: it never ends, or, when the connection
	// is made anew, ends with the empty result of the sign-in, as a \`begin\` that was never carried out. And when the server, or
	// a proxy that has lost it, closes a new connection before it is ready, the driver connects again at once and for ever
	// (measured: 650 times a second), and the query that waits for it is never told (#1193). With several hosts that is how it
	// comes to the next one.
	{
		file: 'connection.js',
		before: `if (initial)
      return reconnect()

    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
`,
		after: `if (initial && options.host.length > 1)
      return reconnect()

    ;(query || initial || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
    query = results = errorResponse = null
`,
	},
	// A transaction whose connection has broken goes on with it when it is made anew for somebody else, and what waits for its
	// turn in the transaction is never told (#1186, #1216).
	{
		file: 'index.js',
		before: `new Promise((_, reject) => connection.onclose = reject)
`,
		after: `new Promise((_, reject) => connection.onclose = error => {
          lost = error
          while (queries.length)
            queries.shift().reject(error)
          reject(error)
        })
`,
	},
	{
		file: 'index.js',
		before: `let savepoints = 0
      , connection
`,
		after: `let savepoints = 0
      , lost = null
      , connection
`,
	},
	{
		file: 'index.js',
		before: `q.catch(e => uncaughtError || (uncaughtError = e))
`,
		after: `q.catch(e => uncaughtError || (uncaughtError = e))
        if (lost)
          return q.reject(lost)
`,
	},
	// A reservation that waits for a new connection is asked for twice. When connecting fails one of the two stays behind, and
	// takes a later connection out of the pool for nobody (#1195). And when the connection breaks while the driver asks for the
	// types of arrays, nobody hears of that: the process ends.
	{
		file: 'index.js',
		before: `queries.push(query)
        closed.length && connect(closed.shift(), query)`,
		after: 'closed.length ? connect(closed.shift(), query) : queries.push(query)',
	},
	{
		file: 'connection.js',
		before: `initial.reserve && (initial = null)
        return fetchArrayTypes()`,
		after: 'return fetchArrayTypes().catch(() => {})',
	},
	{
		file: 'connection.js',
		before: 'initial && !initial.reserve && execute(initial)\n',
		after: 'initial.reserve ? initial.reserve(connection) : execute(initial)\n',
	},
	// A reserved connection that has broken is given back as a good one, and from then on refuses what the pool sends over it;
	// used on, it is somebody else's by then.
	{
		file: 'index.js',
		before: `c.reserved.release = true
`,
		after: `c.reserved.release = true
    const held = c.reserved
`,
	},
	{
		file: 'index.js',
		before: `sql.release = () => {
      c.reserved = null
`,
		after: `sql.release = () => {
      if (c.reserved !== held)
        return
      c.reserved = null
`,
	},
	{
		file: 'index.js',
		before: `return sql

    function handler(q) {
      c.queue === full
`,
		after: `return sql

    function handler(q) {
      c.reserved !== held
        ? q.reject(Errors.connection('CONNECTION_CLOSED', options, options))
        : c.queue === full
`,
	},
	// A server that vanishes without a word (its machine lost power, a firewall forgot the connection) leaves a query waiting until
	// the kernel gives up, a quarter of an hour later. A server that is there answers when `statement_timeout` has passed, so a
	// connection that is silent for longer is broken, and so are those of the pool that were idle meanwhile: each of them would
	// take as long to be found out. But where others of the pool have just been answered the server is there: it is only the commit
	// that waits, for a standby. Whoever reserves a connection sets other times, and keeps to them itself.
	{
		file: 'connection.js',
		before: `function execute(q) {
`,
		after: `function heard() {
    answerTimer === null
      ? answerTimer = setTimeout(silent, +options.connection.statement_timeout + ${ANSWER_GRACE_MS}).unref()
      : answerTimer.refresh()
  }

  function silent() {
    const x = socket
        , q = query
        , read = x && x.bytesRead
    // What came while the process itself stood still is read first.
    x && q && setImmediate(() => {
      if (x !== socket || q !== query || x.bytesRead !== read || connection.reserved?.release)
        return
      const away = !(performance.now() - options.shared.heardAt < ${ANSWER_GRACE_MS})
      away && (options.shared.away = true)
      error(Errors.connection('ANSWER_TIMEOUT', options, x))
      // By a reset, after which the kernel does not go on sending what was not taken: a statement must not come late. As in
      // break-off.ts, which the text of a file cannot import.
      ssl || options.path || x.writableEnded ? x.destroy() : x.resetAndDestroy()
      while (away && queues.open.length)
        queues.open.shift().drop()
    })
  }

  function execute(q) {
`,
	},
	{
		file: 'connection.js',
		before: `: (query = q, query.active = true)
`,
		after: `: (query = q, query.active = true, options.connection.statement_timeout > 0 && heard())
`,
	},
	{
		file: 'connection.js',
		before: `function data(x) {
`,
		after: `function data(x) {
    answerTimer !== null && answerTimer.refresh()
    options.shared.away = false
    options.shared.heardAt = performance.now()
`,
	},
	// While nothing is heard of the server it is tried once at a time whether it is back, and no query waits for that. But whoever
	// has a connection to itself waits for it.
	{
		file: 'connection.js',
		before: `function connectTimedOut() {
`,
		after: `function connectTimedOut() {
    options.shared.away = true
`,
	},
	{
		file: 'index.js',
		before: `return go(open.shift(), query)
`,
		after: `return go(open.shift(), query)

    if (options.shared.away && options.max > 1) {
      !connecting.length && closed.length && connect(closed.shift(), { reserve: onopen, reject() {} })
      return query.reject(Errors.connection('ANSWER_TIMEOUT', options, options))
    }
`,
	},
	{
		file: 'connection.js',
		before: `, lifeTimer = timer(end, options.max_lifetime)
`,
		after: `, lifeTimer = timer(end, options.max_lifetime)
      , drop = () => socket && socket.destroy()
`,
	},
	{
		file: 'connection.js',
		before: `, nextWriteTimer = null
    , terminated`,
		after: `, nextWriteTimer = null
    , answerTimer = null
    , terminated`,
	},
	{
		file: 'connection.js',
		before: `terminate,
    execute,
`,
		after: `terminate,
    drop,
    execute,
`,
	},
	// Closures that each query makes of its own, and keeps, have what it read live until the next large collection
	// (docs/adr/0045).
	{
		file: 'query.js',
		before: `this.resolve = x => (this.active = false, resolve(x))
    this.reject = x => (this.active = false, reject(x))
`,
		after: `this.fulfill = resolve
    this.fail = reject
`,
	},
	{
		file: 'query.js',
		before: `static get [Symbol.species]() {
`,
		after: `resolve(x) {
    this.active = false
    this.fulfill(x)
  }

  reject(x) {
    this.active = false
    this.fail(x)
  }

  static get [Symbol.species]() {
`,
	},
]

let repaired = 0
const hooks = registerHooks({
	load(url, context, nextLoad) {
		const loaded = nextLoad(url, context)
		const repairs = REPAIRS.filter(({ file }) => url.endsWith(`/postgres/src/${file}`))
		if (repairs.length === 0) return loaded
		let text = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source)
		for (const { before, after } of repairs) {
			const [head, tail, ...more] = text.split(before)
			if (tail === undefined || more.length > 0)
				throw new Error(`${url} is not the file that src/platform/db/driver.ts repairs: look at it anew`)
			text = head + after + tail
			repaired++
		}
		return { ...loaded, source: text }
	},
})
export const { default: postgres } = await import('postgres')
hooks.deregister()
if (repaired < REPAIRS.length) throw new Error('Something imports `postgres` itself: take it from src/platform/db/driver.ts')
