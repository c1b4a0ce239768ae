import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { wantsGzip } from '../platform/http/content-encoding.ts'
import { anyone } from '../platform/http/policy.ts'
import { httpProblem } from '../platform/http/problem.ts'
import type { App } from '../platform/http/server.ts'
import { BUILT_FOLDER, PACKED_SUFFIX } from './built.ts'
import { notBuiltPage } from './not-built-page.ts'

const TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.woff2': 'font/woff2',
}

const HEADERS = {
	'content-security-policy':
		"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), microphone=(), geolocation=()',
	vary: 'accept-encoding',
} as const

/** The name of a file under assets/ holds the hash of what is in it. */
const FOREVER = 'public, max-age=31536000, immutable'
const EACH_TIME = 'no-cache'
const INDEX = 'index.html'
const ASSETS = 'assets/'

type PanelFile = { readonly packed: Buffer; readonly type: string; readonly etag: string }

/**
 * Serves the admin panel under /admin: its files, and for every other address its one page, which finds the screen by the address.
 * The panel is files only; what it shows it asks of the API, under the person's own rights.
 */
export function registerPanel(app: App): void {
	const files = readBuilt()
	const index = files.get(INDEX)
	const answer = async (request: FastifyRequest<{ Params: { '*'?: string } }>, reply: FastifyReply) => {
		const name = request.params['*'] ?? ''
		const file = files.get(name) ?? (name.startsWith(ASSETS) ? undefined : index)
		if (name.startsWith(ASSETS) && file === undefined) throw httpProblem('route_not_found')
		void reply.headers(HEADERS)
		if (file === undefined)
			return reply
				.code(503)
				.header('cache-control', 'no-store')
				.type(TYPES['.html'] ?? '')
				.send(notBuiltPage)
		void reply.headers({ etag: file.etag, 'cache-control': name.startsWith(ASSETS) ? FOREVER : EACH_TIME })
		if (request.headers['if-none-match'] === file.etag) return reply.code(304).send()
		void reply.type(file.type)
		if (!wantsGzip(request.headers['accept-encoding'])) return reply.send(gunzipSync(file.packed))
		return reply.header('content-encoding', 'gzip').send(file.packed)
	}
	const route = { config: { policy: anyone }, schema: { hide: true } } as const
	app.get('/admin', route, answer)
	app.get('/admin/*', route, answer)
}

function readBuilt(): ReadonlyMap<string, PanelFile> {
	if (!existsSync(BUILT_FOLDER)) return new Map()
	return new Map(
		readdirSync(BUILT_FOLDER, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile() && entry.name.endsWith(PACKED_SUFFIX))
			.map((entry) => {
				const path = join(entry.parentPath, entry.name)
				const packed = readFileSync(path)
				const name = relative(BUILT_FOLDER, path).slice(0, -PACKED_SUFFIX.length).replaceAll('\\', '/')
				const etag = `"${createHash('sha256').update(packed).digest('base64url').slice(0, 22)}"`
				return [name, { packed, type: TYPES[extname(name)] ?? 'application/octet-stream', etag }]
			}),
	)
}
