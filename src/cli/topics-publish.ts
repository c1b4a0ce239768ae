import { type FileHandle, open } from 'node:fs/promises'
import { addAbortSignal, type Readable } from 'node:stream'
import type { OutgoingMessage } from '../platform/topics/port.ts'
import { arrivingLines, type Line } from './arriving-lines.ts'
import { reasonOf } from '../platform/telemetry/reason.ts'
import { readSettings } from './ground.ts'
import { type TopicsGround, withTopics } from './topics-ground.ts'
import { readLine } from './message-lines.ts'
import type { Terminal } from './terminal.ts'
import { topicHint } from './topic-hint.ts'

const STDIN = '-'
const BATCH_MAX = 500
const READ_BYTES = 256 * 1024
const REFUSALS_TOLD_MAX = 5

/** How far it has come: whoever mends a line goes on from there. */
type Progress = {
	published: number
	lastLine: number
	/** The lines that were sent without an answer. */
	inDoubt?: { readonly first: number; readonly last: number }
}

/**
 * Publishes the messages of a file's lines (`-`: of stdin) in batches, and prints how many. Ends at the first line that is no
 * message or is refused: then the Error tells what was published before it, and of a batch with a line that is no message
 * nothing is.
 */
export async function publishLines(topic: string, file: string, terminal: Terminal): Promise<void> {
	if (file === STDIN && process.stdin.isTTY) terminal.say('Type a message a line; Ctrl-D ends.')
	const handle = file === STDIN ? undefined : await openFile(file)
	try {
		const input = handle?.createReadStream({ highWaterMark: READ_BYTES }) ?? process.stdin
		await withTopics(readSettings(), {}, (ground) => publishAll(ground, { topic, input, terminal }))
	} finally {
		await handle?.close()
	}
}

async function openFile(file: string): Promise<FileHandle> {
	try {
		return await open(file)
	} catch (error) {
		throw new Error(`The file can't be read: ${reasonOf(error)}`, { cause: error })
	}
}

type Publishing = { readonly topic: string; readonly input: Readable; readonly terminal: Terminal }

async function publishAll(ground: TopicsGround, { topic, input, terminal }: Publishing): Promise<void> {
	const { print, interrupted } = terminal
	const progress: Progress = { published: 0, lastLine: 0 }
	try {
		for await (const lines of arrivingLines(addAbortSignal(interrupted, input))) {
			for (let start = 0; start < lines.length; start += BATCH_MAX) {
				interrupted.throwIfAborted()
				await publishBatch(ground, topic, { lines: lines.slice(start, start + BATCH_MAX), progress })
			}
		}
	} catch (error) {
		const reason = interrupted.aborted ? 'Cut short.' : reasonOf(error)
		throw new Error(`${reason}\n${describe(progress)}`, { cause: error })
	}
	await print(String(progress.published))
}

function describe({ published, lastLine, inDoubt }: Progress): string {
	if (inDoubt !== undefined) {
		const { first, last } = inDoubt
		return `Published: ${published}. Whether lines ${first} to ${last} are is not known: sent again they may be there twice.`
	}
	if (published === 0) return 'Nothing was published.'
	return `Published: ${published}, up to line ${lastLine}. "tail -n +${lastLine + 1}" shows the lines that are left.`
}

type Batch = { readonly lines: readonly Line[]; readonly progress: Progress }

async function publishBatch({ topics, topicNames }: TopicsGround, topic: string, { lines, progress }: Batch): Promise<void> {
	const first = lines.at(0)?.number ?? progress.lastLine
	const last = lines.at(-1)?.number ?? progress.lastLine
	const messages = lines.map((line) => ({ topic, ...messageOf(line) }))
	progress.inDoubt = { first, last }
	const refused = await topics.publishBatch(messages)
	delete progress.inDoubt
	progress.published += messages.length - refused.length
	progress.lastLine = last
	if (refused.length === 0) return
	const told = refused
		.slice(0, REFUSALS_TOLD_MAX)
		.map(({ index, reason }) => `Line ${lines[index]?.number} is refused: ${reason}`)
	if (refused.length > told.length) told.push(`So are ${refused.length - told.length} more.`)
	throw new Error(told.join('\n') + topicHint(topic, topicNames))
}

function messageOf({ number, text }: Line): Omit<OutgoingMessage, 'topic'> {
	try {
		return readLine(text)
	} catch (error) {
		throw new Error(`Line ${number} is no message: ${reasonOf(error)}`, { cause: error })
	}
}
