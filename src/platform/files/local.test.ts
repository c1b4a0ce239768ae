import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { StorageError } from './errors.ts'
import { createFiles } from './port.ts'

async function newFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'prilavok-files-'))
	after(() => rm(folder, { recursive: true, force: true }))
	return folder
}

const filesIn = (folder: string) => createFiles(pathToFileURL(folder).href)

async function* chunksOf(...chunks: string[]) {
	for (const chunk of chunks) yield Buffer.from(chunk)
}

const NAME = 'reports/1.jsonl'

suite('A file', () => {
	test('is written whole, in folders that are made for it, and nothing beside it', async () => {
		const folder = await newFolder()
		const files = filesIn(folder)
		assert.equal(await files.write(NAME, chunksOf('один\n', 'два\n')), 'written')
		assert.equal(await readFile(join(folder, NAME), 'utf8'), 'один\nдва\n')
		assert.deepEqual(await readdir(join(folder, 'reports')), ['1.jsonl'])
		assert.deepEqual(await files.stat(NAME), { bytes: 16 })
	})

	test('may be empty', async () => {
		const files = filesIn(await newFolder())
		assert.equal(await files.write(NAME, chunksOf()), 'written')
		assert.deepEqual(await files.stat(NAME), { bytes: 0 })
	})

	test('is read whole and in parts', async () => {
		const files = filesIn(await newFolder())
		await files.write(NAME, chunksOf('0123456789'))
		const read = async (range?: { start: number; end: number }) => {
			const stream = await files.read(NAME, range)
			assert.ok(stream)
			return (await buffer(stream)).toString()
		}
		assert.equal(await read(), '0123456789')
		assert.equal(await read({ start: 2, end: 4 }), '234')
		assert.equal(await read({ start: 9, end: 9 }), '9')
	})

	test('that is there is never written over: it is told to be taken', async () => {
		const folder = await newFolder()
		const files = filesIn(folder)
		await files.write(NAME, chunksOf('first'))
		assert.equal(await files.write(NAME, chunksOf('second')), 'taken')
		assert.equal(await readFile(join(folder, NAME), 'utf8'), 'first')
		assert.deepEqual(await readdir(join(folder, 'reports')), ['1.jsonl'])
	})

	test('is undefined where there is none, and removing it is no error', async () => {
		const files = filesIn(await newFolder())
		assert.equal(await files.read(NAME), undefined)
		assert.equal(await files.stat(NAME), undefined)
		await files.remove(NAME)
		await files.write(NAME, chunksOf('gone'))
		await files.remove(NAME)
		assert.equal(await files.stat(NAME), undefined)
	})

	test('can’t be named outside of its folder', async () => {
		const files = filesIn(await newFolder())
		for (const name of ['../secret', '/etc/passwd', 'reports/../../x', '', '.hidden', 'reports//x', 'x.part', 'a b', 'a\0b']) {
			await assert.rejects(files.write(name, chunksOf('x')), /not a name/)
			await assert.rejects(files.read(name), /not a name/)
		}
	})
})

suite('What goes wrong leaves nothing behind', () => {
	test('a source that breaks', async () => {
		const folder = await newFolder()
		const broken = async function* () {
			yield Buffer.from('half')
			throw new Error('the source broke')
		}
		await assert.rejects(filesIn(folder).write(NAME, broken()), /the source broke/)
		assert.deepEqual(await readdir(join(folder, 'reports')), [])
	})

	test('a writer that is told to stop, and its source is told too', async () => {
		const folder = await newFolder()
		const stop = new AbortController()
		let ended = false
		const endless = async function* () {
			try {
				for (;;) {
					yield Buffer.from('more')
					stop.abort(new Error('enough'))
				}
			} finally {
				ended = true
			}
		}
		await assert.rejects(filesIn(folder).write(NAME, endless(), stop.signal), /enough/)
		assert.deepEqual(await readdir(join(folder, 'reports')), [])
		assert.ok(ended)
	})

	test('a writer that was killed: the next one of the same name removes its half, and no other file', async () => {
		const folder = await newFolder()
		await mkdir(join(folder, 'reports'))
		await writeFile(join(folder, 'reports/1.jsonl.0192-dead.part'), 'half')
		await writeFile(join(folder, 'reports/11.jsonl.0192-alive.part'), 'another’s')
		await filesIn(folder).write(NAME, chunksOf('whole'))
		assert.deepEqual(await readdir(join(folder, 'reports')), ['1.jsonl', '11.jsonl.0192-alive.part'])
	})

	test('a writer that wakes up after another has begun anew', async () => {
		const folder = await newFolder()
		const files = filesIn(folder)
		const { promise: woken, resolve: wake } = Promise.withResolvers<void>()
		const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
		const frozen = async function* () {
			yield Buffer.from('old')
			begin()
			await woken
		}
		const late = files.write(NAME, frozen())
		await begun
		assert.equal(await files.write(NAME, chunksOf('new')), 'written')
		wake()
		await assert.rejects(late, StorageError)
		assert.equal(await readFile(join(folder, NAME), 'utf8'), 'new')
		assert.deepEqual(await readdir(join(folder, 'reports')), ['1.jsonl'])
	})
})

suite('A storage that does not do it says why', () => {
	test('a place that can’t be a folder is refused', async () => {
		const folder = await newFolder()
		await writeFile(join(folder, 'reports'), 'a file')
		await assert.rejects(filesIn(folder).write(NAME, chunksOf('x')), { name: 'StorageError', fault: 'refused' })
	})

	test('one without room is full, and the half file is gone', { skip: process.platform === 'win32' }, async () => {
		const folder = await newFolder()
		// The kernel takes no file beyond a limit that a shell sets: the refusal is as real as that of a full disk.
		const program = `
			import { createFiles } from ${JSON.stringify(new URL('./port.ts', import.meta.url).href)}
			const source = async function* () { for (let i = 0; i < 64; i++) yield Buffer.alloc(1024) }
			await createFiles(${JSON.stringify(pathToFileURL(folder).href)}).write('reports/1.jsonl', source())
				.then(console.log, (error) => console.log(error.name, error.fault))`
		const limited = ['-c', 'ulimit -f 8; exec "$0" --input-type=module -e "$1"', process.execPath, program]
		const { stdout } = await promisify(execFile)('/bin/sh', limited)
		assert.equal(stdout, 'StorageError full\n')
		assert.deepEqual(await readdir(join(folder, 'reports')), [])
	})
})
