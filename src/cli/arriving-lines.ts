const NEWLINE = 0x0a
/** Longer than any message in base64 that a topic takes. */
const LINE_MAX_BYTES = 32 * 1024 * 1024

export type Line = { readonly number: number; readonly text: string }

// Without the mark that some editors put in front.
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Splits what is read into lines, those that have arrived together in one go, blank ones left out: whoever pipes slowly sees
 * each line dealt with as it comes, and no more than one read and one line is ever held. Throws an Error for a line without
 * an end and for one that is not UTF-8.
 */
export async function* arrivingLines(input: AsyncIterable<unknown>): AsyncGenerator<Line[]> {
	let parts: Buffer[] = []
	let bytes = 0
	let count = 0
	const add = (part: Buffer) => {
		bytes += part.length
		if (bytes > LINE_MAX_BYTES) throw new Error(`Line ${count + 1} is longer than ${LINE_MAX_BYTES} bytes: no message is.`)
		parts.push(part)
	}
	const take = (): Line => {
		const line = { number: ++count, text: decode(Buffer.concat(parts), count) }
		parts = []
		bytes = 0
		return line
	}
	for await (const chunk of input) {
		if (!Buffer.isBuffer(chunk)) throw new TypeError('lines are read from bytes')
		const lines: Line[] = []
		let start = 0
		for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
			add(chunk.subarray(start, end))
			lines.push(take())
			start = end + 1
		}
		add(chunk.subarray(start))
		yield lines.filter(isSaid)
	}
	yield [take()].filter(isSaid)
}

const isSaid = ({ text }: Line): boolean => text.trim() !== ''

function decode(bytes: Buffer, number: number): string {
	try {
		return utf8.decode(bytes)
	} catch (error) {
		if (error instanceof TypeError) throw new Error(`Line ${number} is not UTF-8.`, { cause: error })
		throw error
	}
}
