import type { ProblemTable } from './problem.ts'

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character)

/** The page that a problem's `type` points to: every code with its status and what to do about it. */
export function errorsPage(problems: ProblemTable): string {
	const rows = Object.entries(problems)
		.sort(([one], [other]) => one.localeCompare(other))
		.map(
			([code, { status, en, ru }]) =>
				`<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${escapeHtml(en)}</td>` +
				`<td lang="ru">${escapeHtml(ru)}</td></tr>`,
		)
	return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Prilavok: problem codes</title>
<style>
	:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
	body { margin: 2rem auto; padding: 0 1rem; max-width: 70rem }
	.table { overflow-x: auto }
	table { border-collapse: collapse; width: 100% }
	th, td { text-align: start; vertical-align: top; padding: .5rem .75rem; border-block-end: 1px solid color-mix(in srgb, currentColor 20%, transparent) }
	tr:target { background: color-mix(in srgb, Highlight 25%, transparent) }
</style>
<h1>Problem codes</h1>
<p>A refusal is <code>application/problem+json</code> (RFC 9457). Programs may rely on its <code>code</code>. The whole API: <a href="/docs/">/docs</a>.</p>
<div class="table"><table>
<thead><tr><th>Code</th><th>Status</th><th>English</th><th lang="ru">По-русски</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>
</html>
`
}
