import assert from 'node:assert/strict'
import { readdir, readlink } from 'node:fs/promises'
import type { Client } from './client.ts'
import { eventually } from './eventually.ts'
import { serviceWithKey } from './staff.ts'
import { type Settings, startTestShop, type TestShop } from './shop.ts'

export type ServiceClient = Client & { readonly key: string }

/** A shop, and a service that may ask it for reports. */
export async function newReportShop(given: Settings = {}): Promise<{ shop: TestShop; service: ServiceClient }> {
	const shop = await startTestShop(given)
	return { shop, service: await serviceWithKey(shop, 'reports') }
}

/** Asks for a report and returns its id. */
export async function askForReport(service: ServiceClient, body?: object): Promise<string> {
	const asked = await service.post('/reports', body === undefined ? {} : { body })
	assert.equal(asked.status, 202)
	return asked.body.report_id
}

/** Waits until a report has this status, and returns it. */
export const reportThatIs = (status: string, service: ServiceClient, id: string, timeoutMs?: number) =>
	eventually(async () => {
		const { body } = await service.get(`/reports/${id}`)
		assert.equal(body.status, status)
		return body
	}, timeoutMs)

/** Asks for a report, waits until it is completed, and returns it with the bytes of its file. */
export async function makeReport(shop: Pick<TestShop, 'url'>, service: ServiceClient, body?: object) {
	const id = await askForReport(service, body)
	const report = await reportThatIs('completed', service, id)
	const response = await download(shop, service, id)
	assert.equal(response.status, 200)
	return { id, report, bytes: Buffer.from(await response.arrayBuffer()) }
}

export type Download = { readonly method?: string; readonly headers?: Readonly<Record<string, string>> }

/** Fetches the file of a report, or a part of it; as it is, unless a header asks for it otherwise. */
export const download = (
	shop: Pick<TestShop, 'url'>,
	{ key }: ServiceClient,
	id: string,
	{ method = 'GET', headers }: Download = {},
) =>
	fetch(`${shop.url}/v1/reports/${id}/file`, {
		method,
		headers: { authorization: `Bearer ${key}`, 'accept-encoding': 'identity', ...headers },
	})

/** The files of a report that this process holds open; Linux. */
export async function openedFilesOf(id: string): Promise<string[]> {
	const descriptors = await readdir('/proc/self/fd')
	const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
	return targets.filter((target) => target.includes(id))
}
