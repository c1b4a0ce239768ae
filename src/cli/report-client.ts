import { readFile } from 'node:fs/promises'
import { type Static, Type } from 'typebox'
import { reasonOf } from '../platform/telemetry/reason.ts'
import { readSettings } from './ground.ts'
import { createShopClient, Refusal, refusalOf } from './shop-client.ts'
import type { Terminal } from './terminal.ts'

/** Where the shop is, and the key that opens it. */
export type ShopPlace = {
	/** Without it: this machine. */
	readonly url?: string
	/** A file that holds the key and nothing else; without it the key stands in PRILAVOK_KEY. */
	readonly keyFile?: string
}

const Count = Type.Integer({ minimum: 0 })
const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

/** A report as the API shows it, as far as it is looked at here: a shop of another version may tell more, or less. */
const ReportAnswer = Type.Object({
	report_id: Type.String(),
	number: Type.Integer(),
	status: Type.String(),
	lines: Count,
	bytes: Count,
	sha256: orNull(Type.String()),
	estimate: Type.Optional(orNull(Type.Object({ lines_total: Count, seconds_left: orNull(Count) }))),
	error: Type.Optional(orNull(Type.Object({ code: Type.String(), message: Type.String() }))),
})
export type ReportAnswer = Static<typeof ReportAnswer>

const AcceptedAnswer = Type.Object({ report_id: Type.String(), number: Type.Integer(), status: Type.String() })
type AcceptedAnswer = Static<typeof AcceptedAnswer>

export type ReportWish = { readonly from?: string; readonly to?: string; readonly idempotencyKey?: string }

type ReadOptions = { readonly from: number; readonly signal: AbortSignal }

/** Reports as another service gets them: by HTTP, with its key. */
export type ReportClient = {
	ask(wish: ReportWish): Promise<AcceptedAnswer>
	find(id: string): Promise<ReportAnswer>
	/** The file from that byte on, as it comes. `signal` ends the reading, also in the middle. */
	read(id: string, options: ReadOptions): AsyncGenerator<Uint8Array>
}

/** Finds shop and key. Throws an Error that says what to do when there is no key. */
export async function openReports(place: ShopPlace, { interrupted }: Terminal): Promise<ReportClient> {
	const url = (place.url ?? `http://localhost:${readSettings().config.PORT}`).replace(/\/+$/, '')
	const key = await findKey(place)
	const shop = createShopClient(url, interrupted, key)
	const told = async <Result>(work: () => Promise<Result>): Promise<Result> => {
		try {
			return await work()
		} catch (error) {
			throw inWords(error, url)
		}
	}
	return {
		ask: ({ from, to, idempotencyKey }) =>
			told(() =>
				shop.call('POST /v1/reports', {
					answer: AcceptedAnswer,
					body: { ...(from !== undefined && { from }), ...(to !== undefined && { to }) },
					headers: idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey },
				}),
			),
		find: (id) => told(() => shop.call(`GET ${pathOf(id)}`, { answer: ReportAnswer })),
		async *read(id, options) {
			try {
				yield* readFrom(`${url}${pathOf(id)}/file`, key, options)
			} catch (error) {
				throw inWords(error, url)
			}
		},
	}
}

const PARTIAL_CONTENT = 206

async function* readFrom(url: string, key: string, { from, signal }: ReadOptions): AsyncGenerator<Uint8Array> {
	const response = await fetch(url, {
		signal,
		headers: {
			authorization: `Bearer ${key}`,
			'accept-language': 'en',
			// Only of what is not packed can a part be named that the file has for ever.
			'accept-encoding': 'identity',
			...(from > 0 && { range: `bytes=${from}-` }),
		},
	})
	if (!response.ok) throw await refusalOf(response, `GET ${new URL(url).pathname}`)
	if (from > 0 && response.status !== PARTIAL_CONTENT)
		throw new Error(`${url} gives no parts of the file: remove what there is of it.`)
	if (response.body !== null) yield* response.body
}

const pathOf = (id: string): string => `/v1/reports/${encodeURIComponent(id)}`

async function findKey({ keyFile }: ShopPlace): Promise<string> {
	const given = keyFile === undefined ? process.env['PRILAVOK_KEY'] : await readFile(keyFile, 'utf8')
	const key = given?.trim() ?? ''
	if (key !== '') return key
	throw new Error(
		`${keyFile === undefined ? 'There is no key' : `There is no key in ${keyFile}`}: set PRILAVOK_KEY, or give a file by ` +
			'--key-file. Beside the service one is made by\n' +
			'  export PRILAVOK_KEY=$(npm run -s cli -- keys create --name NAME --scope reports)',
	)
}

/** The shop, or the way to it, can't be used now, but perhaps soon. */
export class Unavailable extends Error {}

const TOO_MANY_REQUESTS = 429
const SERVER_FAULT_FROM = 500

function inWords(error: unknown, url: string): unknown {
	if (error instanceof Refusal) {
		const { status, message } = error
		if (status === TOO_MANY_REQUESTS || status >= SERVER_FAULT_FROM) return new Unavailable(message, { cause: error })
		if (status === 401) return new Error(`${message}\nLook at the keys by "npm run -s cli -- keys list".`, { cause: error })
		if (status === 403) return new Error(`${message}\nThe key needs the scope "reports".`, { cause: error })
		return error
	}
	if (!isOfTheWay(error)) return error
	const remedy = 'start the service by "npm start", or say where it is by --url or PRILAVOK_URL.'
	return new Unavailable(`Nothing answers at ${url} (${reasonOf(error)}): ${remedy}`, { cause: error })
}

/** By their words: a header or a URL that is wrong is a TypeError as well. */
const BROKEN_WAY = /^(fetch failed|terminated)$/

/** What `fetch` throws for a connection that can't be made or breaks, and for an answer that does not come in time. */
const isOfTheWay = (error: unknown): boolean =>
	error instanceof Error && (error.name === 'TimeoutError' || (error instanceof TypeError && BROKEN_WAY.test(error.message)))
