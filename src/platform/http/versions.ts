import { Type } from 'typebox'
import { defineProblems } from './problem.ts'

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
	'if-match': Type.Optional(Type.String({ maxLength: 30, description: 'Required: the ETag, as you have seen it' })),
})

/**
 * The version that the caller has seen; throws `version_required`. `*` would say "whatever it is", which is what the header is
 * there to prevent.
 */
export function versionOf(ifMatch: string | undefined): number {
	const digits = /^"(\d{1,9})"$/.exec(ifMatch ?? '')?.[1]
	if (digits === undefined) throw versionProblem('version_required')
	return Number(digits)
}

/** A version as an entity tag, for If-Match. */
export const etagOf = ({ version }: { readonly version: number }): string => `"${version}"`
