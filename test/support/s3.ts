import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, ListMultipartUploadsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { freePort } from '../../src/platform/free-port.ts'
import { atEnd } from './at-end.ts'
import { eventually } from './eventually.ts'

const HOST = '127.0.0.1'
const OUTPUT_KEPT = 4_000
const START_TIMEOUT_MS = 20_000
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'tests', AWS_SECRET_ACCESS_KEY: 'secret-of-the-tests' }

/** A server that speaks S3, on a free port and with its own data. */
export type S3Server = {
	/** How the service is told of it: environment variables, which are this process's while the server runs. */
	readonly environment: Readonly<Record<string, string>>
	/** Asks it as an operator would. */
	readonly client: S3Client
	/** Makes a bucket of a new name. */
	newBucket(): Promise<string>
	/** The keys of what lies in a bucket, and of what is half-written there. */
	contents(bucket: string): Promise<{ readonly files: string[]; readonly halves: string[] }>
	/** Ends it as a power cut would. */
	kill(): Promise<void>
	/** Stops it as a machine that hangs: it takes connections and says nothing, until `wake`. */
	hang(): void
	wake(): void
	/** Starts it again after `kill`, on the same port and data; resolves when it answers. */
	restart(): Promise<void>
}

/** Starts versitygw, and makes it the S3 of this process; it goes with the test file. Its data lies in that folder, where one is given. */
export async function startS3Server(folderOfData?: string): Promise<S3Server> {
	const program = process.env['TEST_S3_SERVER']
	if (program === undefined)
		throw new Error('TEST_S3_SERVER is missing: run these tests by "npm run test:s3", which brings a server')
	const folder = await mkdtemp(join(tmpdir(), 'prilavok-s3-'))
	const [data, metadata] = [folderOfData ?? join(folder, 'data'), join(folder, 'metadata')]
	await Promise.all([mkdir(data, { recursive: true }), mkdir(metadata)])
	const port = await freePort(HOST)
	const environment = { AWS_ENDPOINT_URL_S3: `http://${HOST}:${port}`, AWS_REGION: 'us-east-1', ...CREDENTIALS }
	Object.assign(process.env, environment)
	// Not every file system keeps what belongs to an object in attributes of its file.
	const options = ['--port', `${HOST}:${port}`, '--quiet', 'posix', '--sidecar', metadata, data]
	const start = () => run(program, options)
	let running = start()
	atEnd(async () => {
		await running.kill()
		await rm(folder, { recursive: true, force: true })
	})
	await untilItAnswers(environment.AWS_ENDPOINT_URL_S3, running)
	const client = new S3Client({ forcePathStyle: true })
	return {
		environment,
		client,
		async newBucket() {
			const Bucket = `reports-${randomUUID()}`
			await client.send(new CreateBucketCommand({ Bucket }))
			return Bucket
		},
		async contents(Bucket) {
			const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }))
			const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }))
			return { files: Contents.map(({ Key = '' }) => Key), halves: Uploads.map(({ Key = '' }) => Key) }
		},
		kill: () => running.kill(),
		hang: () => running.signal('SIGSTOP'),
		wake: () => running.signal('SIGCONT'),
		async restart() {
			running = start()
			await untilItAnswers(environment.AWS_ENDPOINT_URL_S3, running)
		},
	}
}

type Running = {
	/** What it has written last, once it has ended. */
	readonly ended: () => string | undefined
	kill(): Promise<void>
	signal(signal: 'SIGSTOP' | 'SIGCONT'): void
}

function run(program: string, options: readonly string[]): Running {
	const { PATH = '', HOME = '' } = process.env
	const env = {
		PATH,
		HOME,
		ROOT_ACCESS_KEY_ID: CREDENTIALS.AWS_ACCESS_KEY_ID,
		ROOT_SECRET_ACCESS_KEY: CREDENTIALS.AWS_SECRET_ACCESS_KEY,
	}
	const child: ChildProcess = spawn(program, options, { env, stdio: ['ignore', 'pipe', 'pipe'] })
	let output = ''
	let over = false
	// A test file that breaks down leaves nothing behind.
	const killAtExit = () => child.kill('SIGKILL')
	process.once('exit', killAtExit)
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-OUTPUT_KEPT)))
	}
	const ended = once(child, 'close').then(
		() => (over = true),
		(error: unknown) => {
			output += String(error)
			over = true
		},
	)
	return {
		ended: () => (over ? output : undefined),
		async kill() {
			child.kill('SIGKILL')
			await ended
			process.off('exit', killAtExit)
		},
		signal: (signal) => void child.kill(signal),
	}
}

const untilItAnswers = (url: string, running: Running): Promise<void> =>
	eventually(async () => {
		const output = running.ended()
		await fetch(url, { signal: AbortSignal.timeout(START_TIMEOUT_MS) }).catch((error: unknown) => {
			throw output === undefined ? error : new Error(`the S3 server ended:\n${output}`, { cause: error })
		})
	}, START_TIMEOUT_MS)
