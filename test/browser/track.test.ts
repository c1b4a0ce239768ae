import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { freePort } from '../../src/platform/free-port.ts'
import { atEnd } from '../support/at-end.ts'
import { openPage, startBrowser } from '../support/browser.ts'
import { resultOf, startCli } from '../support/cli.ts'
import { type Answer, type Client, createClient } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { startHttpProxy } from '../support/http-proxy.ts'
import { COURIER, newPhone, productMessage } from '../support/people.ts'
import { type ServiceProcess, startProcess, urlOf } from '../support/process.ts'
import type { Settings } from '../support/shop.ts'
import { acceptInvitation } from '../support/staff.ts'

/** From the answer to whoever has changed something to the customer's screen. */
const SEEN_WITHIN_MS = 2_000
/** Where to put pictures of the page, to be looked at. */
const PICTURES = process.env['TEST_PICTURES']

let settings: Settings
let service: ServiceProcess
let url: string
let browser: Browser
let operator: Client
before(async () => {
	const dataDir = await mkdtemp(join(tmpdir(), 'prilavok-browser-'))
	settings = { DATA_DIR: dataDir, PORT: String(await freePort()), LOG_LEVEL: 'warn' }
	service = startProcess(settings)
	atEnd(() => rm(dataDir, { recursive: true, force: true }))
	;[url, browser] = await Promise.all([urlOf(service), startBrowser()])
	operator = await acceptInvitation(createClient(url), /#token=(\S+)/.exec(service.output())?.[1] ?? '')
	await publish('inventory.products.v1', productMessage({ id: 10 }))
	await eventually(async () => assert.equal((await operator.get('/products/10')).status, 200))
})

async function stop() {
	service.child.kill('SIGTERM')
	assert.equal(await service.ended, 0, service.output())
}

async function start() {
	service = startProcess(settings)
	assert.equal(await urlOf(service), url)
}

async function publish(topic: string, message: object) {
	const { code, stderr } = await resultOf(startCli(settings, 'topics', 'publish', topic), JSON.stringify(message))
	assert.equal(code, 0, stderr)
}

const track = (orderId: string, status: string, more: object = {}) =>
	publish('delivery.tracking.v1', {
		event_id: randomUUID(),
		order_id: orderId,
		status,
		occurred_at: new Date().toISOString(),
		...more,
	})

async function move(orderId: string, status: string) {
	const { headers } = await operator.get(`/admin/orders/${orderId}`)
	const ifMatch = { 'if-match': headers.get('etag') ?? '' }
	const { status: answered, text } = await operator.patch(`/admin/orders/${orderId}/status`, {
		body: { status },
		headers: ifMatch,
	})
	assert.equal(answered, 200, text)
}

/** The newest code in the inbox, read as a person reads it: on the page. */
async function codeInInbox(page: Page, phone: string): Promise<string> {
	const inbox = await page.context().newPage()
	await inbox.goto(`${url}/dev/inbox`)
	const code = await inbox.locator('.sms', { hasText: phone }).locator('.code strong').first().textContent()
	await inbox.close()
	return code ?? ''
}

/** Registers on the page, as a newcomer would who reads Russian. */
async function register(page: Page): Promise<void> {
	const phone = newPhone()
	await page.goto(`${url}/dev/track`)
	await page.getByLabel('Телефон').fill(phone)
	await page.getByRole('button', { name: 'Получить код' }).click()
	const code = page.getByLabel('Код из SMS')
	await code.waitFor()
	await code.fill(await codeInInbox(page, phone))
	await page.getByRole('button', { name: 'Войти' }).click()
	await page.getByText('Вы здесь впервые').waitFor()
	await page.getByLabel('Имя').fill('Анна')
	await page.getByLabel('Почта').fill('anna@example.com')
	await page.getByLabel('Согласен').check()
	await page.getByRole('button', { name: 'Войти' }).click()
	await page.getByText('Анна, +7').waitFor()
}

type Call = { readonly method: string; readonly path: string; readonly body?: object; readonly headers?: Record<string, string> }

/** Calls the API out of the page, so as whoever is signed in there by the cookie. */
const call = (page: Page, { method, path, body, headers }: Call): Promise<Pick<Answer, 'status' | 'body'>> =>
	page.evaluate(
		async ([target, init]) => {
			const response = await fetch(target, init)
			return { status: response.status, body: response.status === 204 ? null : await response.json() }
		},
		[
			`/v1${path}`,
			{
				method,
				headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
				...(body && { body: JSON.stringify(body) }),
			},
		] as const,
	)

async function placeOrder(page: Page): Promise<{ id: string; number: number }> {
	await call(page, { method: 'PUT', path: '/cart/items/10', body: { quantity: 1 } })
	const placed = await call(page, {
		method: 'POST',
		path: '/orders',
		body: { phone: '+79001234567', delivery: COURIER },
		headers: { 'idempotency-key': randomUUID() },
	})
	assert.equal(placed.status, 201, JSON.stringify(placed.body))
	return placed.body
}

/** Somebody with an order on the screen, whose page is live. */
async function customerWithOrder(): Promise<{ page: Page; order: { id: string; number: number } }> {
	const page = await openPage(browser, { locale: 'ru-RU' })
	await register(page)
	const order = await placeOrder(page)
	await page.reload()
	await waitLive(page)
	return { page, order }
}

const waitLive = (page: Page) => page.getByRole('status').getByText('Обновляется само').waitFor()
const waitAway = (page: Page) => page.getByRole('status').getByText('Нет связи, пробуем снова').waitFor()
const timeline = (page: Page) => page.locator('#events strong').allTextContents()
const shows = (page: Page, expected: readonly string[], timeoutMs?: number) =>
	eventually(async () => assert.deepEqual(await timeline(page), expected), timeoutMs)

suite('A customer who follows an order', () => {
	after(stop)

	test('registers by the code of the inbox, and sees each change within two seconds', async () => {
		const { page, order } = await customerWithOrder()
		await shows(page, ['Оплачен и ждёт сборки'])
		assert.equal(await page.locator('#number').textContent(), `Заказ № ${order.number}`)
		await move(order.id, 'assembling')
		await shows(page, ['В сборке', 'Оплачен и ждёт сборки'], SEEN_WITHIN_MS)
		await move(order.id, 'ready')
		await track(order.id, 'in_transit', { carrier: 'СДЭК', tracking_number: '1234567890', location: 'Москва' })
		await shows(page, ['В пути', 'Доставляется', 'В сборке', 'Оплачен и ждёт сборки'])
		assert.equal(await page.locator('#now').textContent(), 'Доставляется')
		assert.equal(await page.locator('#tracking-number').textContent(), '1234567890')
		await page.getByRole('radiogroup', { name: 'Ваши заказы' }).getByText('Доставляется').waitFor()
		await takePictures(page, 'order')
	})

	test('sees after a restart what has happened meanwhile, without touching the page, and nothing twice', async () => {
		const { page, order } = await customerWithOrder()
		await move(order.id, 'assembling')
		await shows(page, ['В сборке', 'Оплачен и ждёт сборки'])
		await stop()
		await waitAway(page)
		await takePictures(page, 'away')
		await start()
		await move(order.id, 'ready')
		await track(order.id, 'out_for_delivery')
		await shows(page, ['Курьер уже едет', 'Доставляется', 'В сборке', 'Оплачен и ждёт сборки'])
		await waitLive(page)
	})

	test('sees it behind a proxy as well, which says 502 meanwhile', async () => {
		const { page, order } = await customerWithOrder()
		const proxied = await page.context().newPage()
		// Cookies are those of a host, whatever the port.
		await proxied.goto(`${await startHttpProxy(url)}/dev/track#${order.id}`)
		await waitLive(proxied)
		const refused = proxied.waitForResponse((response) => response.url().endsWith('/events') && response.status() === 502)
		await stop()
		await refused
		await waitAway(proxied)
		await start()
		await move(order.id, 'assembling')
		await shows(proxied, ['В сборке', 'Оплачен и ждёт сборки'])
		await waitLive(proxied)
	})

	test('who is refused for too many streams goes on when there is room again, with nothing twice', async () => {
		const { page, order } = await customerWithOrder()
		const [cookie] = await page.context().cookies()
		assert.equal(cookie?.name, '__Host-session')
		const others = new AbortController()
		const watch = () =>
			fetch(`${url}/v1/orders/${order.id}/events`, {
				headers: { authorization: `Bearer ${cookie?.value}` },
				signal: others.signal,
			})
		const opened = await Promise.all(Array.from({ length: 9 }, watch))
		assert.deepEqual(new Set(opened.map(({ status }) => status)), new Set([200]))
		const second = await page.context().newPage()
		const refused = second.waitForResponse((response) => response.url().endsWith('/events') && response.status() === 429)
		await second.goto(`${url}/dev/track#${order.id}`)
		await refused
		await waitAway(second)
		others.abort()
		await waitLive(second)
		await move(order.id, 'assembling')
		for (const each of [page, second]) await shows(each, ['В сборке', 'Оплачен и ждёт сборки'])
	})

	test('is asked to sign in when the session ends', async () => {
		const { page } = await customerWithOrder()
		assert.equal((await call(page, { method: 'DELETE', path: '/sessions/current' })).status, 204)
		await page.getByRole('heading', { name: 'Вход' }).waitFor()
		assert.deepEqual(await page.context().cookies(), [])
	})

	test('reads it in English, too, and is asked for a name only as a newcomer', async () => {
		const page = await openPage(browser, { locale: 'en-GB' })
		const phone = newPhone()
		await page.goto(`${url}/dev/track`)
		await page.getByRole('heading', { name: 'Sign in' }).waitFor()
		await page.getByLabel('Phone').fill(phone)
		await page.getByRole('button', { name: 'Send a code' }).click()
		await page.getByLabel('Code from the SMS').fill(await codeInInbox(page, phone))
		assert.equal(await page.getByLabel('Name').isVisible(), false)
		await page.getByRole('button', { name: 'Sign in' }).click()
		await page.getByLabel('Name').waitFor()
		await takePictures(page, 'sign-in')
	})
})

async function takePictures(page: Page, shown: string): Promise<void> {
	if (PICTURES === undefined) return
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme })
		for (const width of [1_200, 380]) {
			await page.setViewportSize({ width, height: 800 })
			// What has just come fades in.
			const path = join(PICTURES, `${shown}-${colorScheme}-${width}.png`)
			await page.screenshot({ path, fullPage: true, animations: 'disabled' })
		}
	}
}
