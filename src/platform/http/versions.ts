import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { defineProblems, invalid } from './problem.ts'

/** What keeps two who change one thing at once from losing what the other one did. */
export const versionProblem = defineProblems({
	version_stale: {
		status: 412,
		en: 'It has changed since you read it: look at "current" and decide anew.',
		ru: 'Данные изменились с тех пор, как вы их прочитали: посмотрите «current» и решите заново.',
	},
	version_required: {
		status: 428,
		en: 'Send If-Match with the version you have seen, as in the ETag.',
		ru: 'Передайте If-Match с версией, которую вы видели (из ETag).',
	},
})

/** The headers of a route that changes a version which the caller has seen. */
export const IfMatch = Type.Object({
	'if-match': Type.Optional(
		Type.String({ maxLength: 30, description: 'Required: the ETag, as you have seen it, `"3"`; also as `W/"3"`' }),
	),
})

/**
 * A proxy that compresses makes the tag weak, and whoever is behind it sends it back like that. RFC 9110 would have weak tags
 * never match here, because their bytes may differ; ours is the number of a version, and that is the same.
 */
const VERSION_TAG = /^(?:W\/)?"(\d{1,9})"$/

/**
 * The version that the caller has seen; throws `version_required`, and `validation_failed` for what is no tag of ours. `*` would
 * say "whatever it is", which is what the header is there to prevent.
 */
export function versionOf(ifMatch: string | undefined): number {
	if (ifMatch === undefined || ifMatch === '*') throw versionProblem('version_required')
	const digits = VERSION_TAG.exec(ifMatch)?.[1]
	if (digits === undefined) {
		const message = {
			en: 'must be one ETag as you have seen it, with its quotes: "3"',
			ru: 'должно быть одним ETag, каким вы его получили, вместе с кавычками: "3"',
		}
		throw invalid({ in: 'header', pointer: '/if-match', code: 'pattern', message })
	}
	return Number(digits)
}

/** A version as an entity tag, for If-Match. */
export const etagOf = ({ version }: { readonly version: number }): string => `"${version}"`

/** The same resource, to be answered with; its version goes along as the ETag. */
export function withEtag<Resource extends { readonly version: number }>(reply: FastifyReply, resource: Resource): Resource {
	void reply.header('etag', etagOf(resource))
	return resource
}
