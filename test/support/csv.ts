/** The values of a CSV file (RFC 4180), line by line, without its byte order mark. Throws where a quote is not closed. */
export function parseCsv(text: string, delimiter: string): string[][] {
	const rows: string[][] = []
	let row: string[] = []
	let value = ''
	let quoted = false
	const endValue = () => {
		row.push(value)
		value = ''
	}
	for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; at++) {
		const character = text[at] ?? ''
		if (quoted) {
			if (character !== '"') value += character
			else if (text[at + 1] === '"') value += text[++at]
			else quoted = false
		} else if (character === '"') quoted = true
		else if (character === delimiter) endValue()
		else if (character === '\r' && text[at + 1] === '\n') {
			endValue()
			rows.push(row)
			row = []
			at++
		} else value += character
	}
	if (quoted || value !== '' || row.length > 0) throw new Error('the file ends within a line')
	return rows
}
