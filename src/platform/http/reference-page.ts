import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { wantsGzip } from './content-encoding.ts'
import { anyone } from './policy.ts'
import type { App } from './server.ts'

/** Scalar's program for the browser, written by `npm run generate`. */
const SCRIPT = new URL('scalar.js.gz', import.meta.url)
/** It changes with the version of the library alone; what is an hour old still shows today's document. */
const SCRIPT_MAX_AGE_S = 3_600

/** Nothing of the page may come from, or go to, another host. */
const SETTINGS = {
	url: '/openapi.json',
	withDefaultFonts: false,
	telemetry: false,
	agent: { disabled: true },
	mcp: { disabled: true },
	hideClientButton: true,
	showDeveloperTools: 'never',
} as const

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Prilavok API</title>
<div id="app"></div>
<script src="js/scalar.js"></script>
<script>Scalar.createApiReference('#app', ${JSON.stringify(SETTINGS)})</script>
</html>
`

/**
 * `/docs/`: the API document as a page to read and to try, by Scalar. Its program is 5 MB, 1.4 MB compressed: it goes
 * from the disk to who asks for it, and is not kept. In memory it took 42 MB of each process.
 */
export function registerReferencePage(app: App): void {
	const hidden = { config: { policy: anyone }, schema: { hide: true } }
	app.get('/docs', hidden, async (_request, reply) => reply.redirect('/docs/', 301))
	app.get('/docs/', hidden, async (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE))
	app.get('/docs/js/scalar.js', hidden, async (request, reply) => {
		void reply.type('text/javascript; charset=utf-8').headers({
			'cache-control': `public, max-age=${SCRIPT_MAX_AGE_S}`,
			vary: 'accept-encoding',
		})
		const packed = createReadStream(SCRIPT)
		if (wantsGzip(request.headers['accept-encoding'])) return reply.header('content-encoding', 'gzip').send(packed)
		// The server sees what goes wrong by the stream that it sends.
		return reply.send(pipeline(packed, createGunzip(), () => undefined))
	})
}
