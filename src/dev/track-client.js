/** Follows a stream until `signal` ends it. After a break `show` may be told again what it knows: once more changes nothing. */
export function follow(url, { show, tell, signal }, tries = 0) {
	if (signal.aborted) return
	const source = new EventSource(url, { withCredentials: true })
	signal.addEventListener('abort', () => source.close())
	for (const name of ['status_changed', 'delivery_changed', 'reset'])
		source.addEventListener(name, ({ data, lastEventId }) => show(name, JSON.parse(data), lastEventId))
	source.addEventListener('open', () => {
		tries = 0
		tell('live')
	})
	source.addEventListener('error', async () => {
		tell('away')
		// After a cut the browser comes again by itself, with the last id. After an answer other than 200 it gives up for ever.
		if (source.readyState !== EventSource.CLOSED) return
		const { status } = await fetch(url.replace(/\/events$/, ''), { credentials: 'include' }).catch(() => ({ status: 0 }))
		if (status === 401 || status === 404) return tell(status === 401 ? 'signed-out' : 'gone')
		setTimeout(() => follow(url, { show, tell, signal }, tries + 1), (0.5 + Math.random()) * Math.min(20_000, 1_000 * 2 ** tries))
	})
}
