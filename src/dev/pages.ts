import { readFileSync } from 'node:fs'
import type { FastifyReply } from 'fastify'
import { localeOf } from '../platform/http/locale.ts'
import { anyone } from '../platform/http/policy.ts'
import type { Locale } from '../platform/http/problem.ts'
import type { App } from '../platform/http/server.ts'

/** Only what stands here may load, and texts of messages can't become a part of the page. */
const PAGE_HEADERS = {
	'content-security-policy':
		"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; " +
		"form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
	'cross-origin-resource-policy': 'same-origin',
	'cache-control': 'no-store',
} as const

/** The headers of whatever stands under /dev. */
export const withPageHeaders = (reply: FastifyReply): FastifyReply => reply.headers(PAGE_HEADERS)

/** Not in the API's reference, and for everybody. */
const HIDDEN = { config: { policy: anyone }, schema: { hide: true } } as const

/** Serves a page at `path`, in the reader's language. */
export function registerPage(app: App, path: `/dev/${string}`, page: (locale: Locale) => string): void {
	app.get(path, HIDDEN, async (request, reply) =>
		withPageHeaders(reply)
			.type('text/html; charset=utf-8')
			.send(page(localeOf(request))),
	)
}

const TYPES = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' } as const

/** Serves files of this folder under /dev. */
export function registerFiles(app: App, ...files: readonly `${string}.${keyof typeof TYPES}`[]): void {
	for (const file of files) {
		const content = readFileSync(new URL(file, import.meta.url))
		const type = file.endsWith('.css') ? TYPES.css : TYPES.js
		app.get(`/dev/${file}`, HIDDEN, async (_request, reply) => withPageHeaders(reply).type(type).send(content))
	}
}
