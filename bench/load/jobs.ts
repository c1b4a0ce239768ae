import type { ProductSort } from '../../src/modules/catalog/schemas.ts'
import { requestBytes } from './connection.ts'
import { type CustomersJob, customerShopper } from './customers.ts'
import { at, expectStatus, isRead, type Place, type Shopper } from './shopper.ts'

/** What a load is to do. Sent to a process of its own, so it is plain data. */
export type Job = PagesJob | FreshPagesJob | CustomersJob | MovesJob

/** Looks at pages, each as often as any other. */
export type PagesJob = {
	readonly kind: 'pages'
	readonly pages: readonly Page[]
	readonly headers?: Readonly<Record<string, string>>
}
export type Page = {
	readonly path: string
	/** The ids that must stand in `data`, in their order, or the id of the one thing. */
	readonly ids: readonly (number | string)[]
}

/** Looks at pages of the public list that nobody has looked at before. */
export type FreshPagesJob = {
	readonly kind: 'fresh-pages'
	readonly sorts: readonly ProductSort[]
	readonly searches: readonly string[]
	readonly page: number
}

/** Moves orders on, as the inventory service does: each through the statuses that are left to it. */
export type MovesJob = {
	readonly kind: 'move'
	readonly key: string
	readonly orders: readonly string[]
	readonly statuses: readonly string[]
}

/** The shoppers of a job, one for each connection. */
export function shoppersOf(job: Job, connections: number): Shopper[] {
	return Array.from({ length: connections }, (_, index) => shopperOf(job, { index, connections }))
}

function shopperOf(job: Job, place: Place): Shopper {
	if (job.kind === 'pages') return pageReader(job, place)
	if (job.kind === 'fresh-pages') return freshPageReader(job, place)
	return job.kind === 'move' ? mover(job, place) : customerShopper(job, place)
}

function pageReader({ pages, headers = {} }: PagesJob, { index }: Place): Shopper {
	const requests = pages.map(({ path }) => requestBytes({ method: 'GET', path, headers }))
	const known: (Buffer | undefined)[] = pages.map(() => undefined)
	let at = index % pages.length
	return {
		next() {
			at = (at + 1) % pages.length
			return requests[at]
		},
		check(answer, latencyMs) {
			expectStatus(answer, 200)
			const before = known[at]
			if (before === undefined) {
				expectIds(answer.body, pages[at])
				known[at] = Buffer.from(answer.body)
			} else if (!before.equals(answer.body)) throw new Error(`the page ${pages[at]?.path} has changed`)
			return latencyMs
		},
	}
}

/** Each page from another price on, which makes its address one of its own. */
function freshPageReader({ sorts, searches, page }: FreshPagesJob, { index, connections }: Place): Shopper {
	let turn = 0
	return {
		next() {
			const number = index + connections * turn++
			const sort = at(sorts, number)
			const search = searches.length > 0 ? `&search=${encodeURIComponent(at(searches, Math.floor(number / sorts.length)))}` : ''
			return requestBytes({
				method: 'GET',
				path: `/v1/products?limit=${page}&sort=${sort}&price_min=${number % 100_000}${search}`,
			})
		},
		check(answer, latencyMs) {
			expectStatus(answer, 200)
			if (isRead()) {
				const { data }: { data: unknown[] } = JSON.parse(answer.body.toString())
				if (data.length > page) throw new Error(`a page of ${page} holds ${data.length}`)
			}
			return latencyMs
		},
	}
}

function expectIds(body: Buffer, page: Page | undefined): void {
	const { data, id }: { data?: { id: number | string }[]; id?: number | string } = JSON.parse(body.toString())
	const ids = data?.map((one) => one.id) ?? [id]
	if (JSON.stringify(ids) !== JSON.stringify(page?.ids)) {
		throw new Error(`${page?.path} has ${JSON.stringify(ids)} and not ${JSON.stringify(page?.ids)}`)
	}
}

function mover({ key, orders, statuses }: MovesJob, { index, connections }: Place): Shopper {
	const own = orders.filter((_, number) => number % connections === index)
	let turn = 0
	return {
		next() {
			const status = statuses[Math.floor(turn / own.length)]
			const order = own[turn % own.length]
			if (status === undefined || order === undefined) return undefined
			const json = { event_id: `${order} ${status}`, status, reason: null }
			turn++
			return requestBytes({
				method: 'POST',
				path: `/v1/orders/${order}/status`,
				headers: { authorization: `Bearer ${key}` },
				json,
			})
		},
		check(answer, latencyMs) {
			expectStatus(answer, 200)
			return latencyMs
		},
		acknowledged: () => ({ changes: turn }),
	}
}
