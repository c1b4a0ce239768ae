import type { ProblemTable } from '../src/platform/http/problem.ts'

const HEADER = `<!-- Written by \`npm run generate\` from the problems.ts tables. -->
# Problem codes

A refusal is \`application/problem+json\` (RFC 9457). Programs may rely on \`code\`; \`title\` is in the language of \`Accept-Language\`.
\`validation_failed\` has \`errors\`, one entry for each fault: \`in\` and \`pointer\` say where it is, \`code\` is the rule that is broken, and
\`message\` says in that language what is wrong. 429 and 503 come with \`Retry-After\`.

| code | status | what to do | по-русски |
| --- | --- | --- | --- |
`

/** The problem codes as a page of the documentation. */
export function errorsDocument(problems: ProblemTable): string {
	const rows = Object.entries(problems)
		.sort(([, one], [, other]) => one.status - other.status)
		.map(([code, { status, en, ru }]) => `| \`${code}\` | ${status} | ${en} | ${ru} |`)
	return `${HEADER}${rows.join('\n')}\n`
}
