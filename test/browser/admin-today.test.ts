import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { startBrowser } from '../support/browser.ts'
import { assertAccessible, openDesk, takePictures } from '../support/desk.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { moveOrder, signInStaff, type StaffMember } from '../support/staff.ts'

let browser: Browser
let shop: TestShop
let anna: Person
let operator: StaffMember
before(async () => {
	browser = await startBrowser()
	shop = await startTestShop()
	await putProducts(shop, { id: 10 })
	anna = await registerPerson(shop)
	operator = await signInStaff(shop, 'operator')
})

/** The tile of a status; with how many orders it shows. */
const tile = (page: Page, name: string, orders = '\\d+') => page.getByRole('link', { name: new RegExp(`^${name} ${orders} `) })
const plotOf = (page: Page, title: string) => page.getByRole('region', { name: title })

suite('Today', () => {
	test('says in a new shop that there are no orders, and shows the first one by itself', async () => {
		const page = await openDesk(browser, shop, operator)
		await page.getByRole('heading', { name: 'Заказов пока нет' }).waitFor()
		await page.getByText('Обновляется само').first().waitFor()
		await assertAccessible(page)
		await takePictures(page, 'today-empty')
		await placeOrder(anna, { 10: 2 })
		await tile(page, 'Ждёт сборки', '1').waitFor()
		assert.match((await tile(page, 'Ждёт сборки').textContent()) ?? '', /1\s000\s₽/)
	})

	test('shows orders by status and by hour, sums, times and queues, as plots and as tables', async () => {
		const orders = [await placeOrder(anna, { 10: 1 }), await placeOrder(anna, { 10: 3 }), await placeOrder(anna, { 10: 1 })]
		await moveOrder(operator, orders[0].id, 'assembling')
		await moveOrder(operator, orders[0].id, 'ready')
		assert.equal((await anna.post(`/orders/${orders[1].id}/cancel`)).status, 200)
		await seedPast(shop)
		const page = await openDesk(browser, shop, operator)
		await page.locator('canvas').first().waitFor()
		const placed = plotOf(page, 'Оформленные заказы')
		await placed.getByText('Показать таблицей').click()
		const rows = placed.getByRole('row')
		assert.deepEqual(await rows.nth(0).getByRole('columnheader').allTextContents(), [
			'Время',
			'Сегодня',
			'Неделю назад',
			'Отменено',
		])
		let sum = 0
		for (const row of (await rows.all()).slice(1)) sum += Number((await row.getByRole('cell').first().textContent()) ?? '')
		const told = await page.getByRole('region', { name: 'Сегодня' }).getByRole('definition').first().textContent()
		assert.ok(sum >= 4)
		assert.equal(told, String(sum))
		const stays = page.getByRole('region', { name: 'Время в каждом статусе' })
		assert.match((await stays.getByRole('row', { name: /Ждёт сборки/ }).textContent()) ?? '', /\d (с|мин|ч)/)
		await plotOf(page, 'Очереди').getByText('Вовремя').first().waitFor()
		await assertAccessible(page)
		await placed.getByText('Показать таблицей').click()
		await takePictures(page, 'today')
	})

	test('follows what happens, at most each five seconds', async () => {
		const page = await openDesk(browser, shop, operator)
		await tile(page, 'Ждёт сборки').waitFor()
		await page.getByText('Обновляется само').first().waitFor()
		const before = Number((await tile(page, 'Ждёт сборки').textContent())?.match(/ (\d+) /)?.[1])
		let asked = 0
		page.on('request', (request) => void (request.url().includes('/v1/admin/stats') && asked++))
		for (let n = 0; n < 12; n++) await placeOrder(anna, { 10: 1 })
		await tile(page, 'Ждёт сборки', String(before + 12)).waitFor()
		assert.ok(asked <= 4, `${asked} times`)
	})

	test('keeps the period in the address, goes by keyboard, and leads to the orders', async () => {
		const page = await openDesk(browser, shop, operator, { path: '/?period=7d' })
		const periods = page.getByRole('navigation', { name: 'Период' })
		await periods.getByRole('link', { name: '7 дней' }).and(page.locator('[aria-current="page"]')).waitFor()
		await page.locator('canvas').first().waitFor()
		await takePictures(page, 'today-7d')
		await periods.getByRole('link', { name: '30 дней' }).focus()
		await page.keyboard.press('Enter')
		await page.waitForURL(/period=30d/)
		const table = plotOf(page, 'На сумму')
		await table.getByText('Показать таблицей').focus()
		await page.keyboard.press('Enter')
		assert.equal(await table.getByRole('row').count(), 31)
		await table.getByText('Показать таблицей').press('Enter')
		await takePictures(page, 'today-30d')
		await assertAccessible(page)
		await page.reload()
		await periods.getByRole('link', { name: '30 дней' }).and(page.locator('[aria-current="page"]')).waitFor()
		await tile(page, 'Отменён').click()
		await page.waitForURL(/\/admin\/orders\?status=cancelled/)
	})

	test('tells of dead letters: who may decide on them is led there', async () => {
		await shop.topics.publish('orderStatus', { value: { event_id: randomUUID(), order_id: randomUUID(), status: 'ready' } })
		const page = await openDesk(browser, shop, operator)
		await page.getByText('1 непринятое сообщение').waitFor()
		await page.getByRole('link', { name: 'Разобрать' }).click()
		await page.waitForURL(/\/admin\/dead-letters/)
		const viewer = await openDesk(browser, shop, await signInStaff(shop, 'viewer'), { locale: 'en-GB' })
		await viewer.getByText('1 dead letter').waitFor()
		assert.equal(await viewer.getByRole('link', { name: 'Decide on them' }).count(), 0)
		await viewer.locator('canvas').first().waitFor()
		await takePictures(viewer, 'today-en')
		await assertAccessible(viewer)
	})

	test('draws itself anew where colours or sizes change', async () => {
		const page = await openDesk(browser, shop, operator)
		const canvas = page.locator('canvas').first()
		await canvas.waitFor()
		const colours = () =>
			page.evaluate(`(() => {
			const { width, height } = document.querySelector('canvas')
			const { data } = document.querySelector('canvas').getContext('2d').getImageData(0, 0, width, height)
			const seen = new Map()
			for (let at = 0; at < data.length; at += 4) {
				if (data[at + 3] < 255) continue
				const colour = data.slice(at, at + 3).join()
				seen.set(colour, (seen.get(colour) ?? 0) + 1)
			}
			return [...seen.keys()]
		})()`)
		const light = await colours()
		await page.emulateMedia({ colorScheme: 'dark' })
		await page.waitForTimeout(200)
		const dark = await colours()
		assert.ok(Array.isArray(light) && Array.isArray(dark))
		assert.ok(light.includes('13,117,84') && !dark.includes('13,117,84') && dark.includes('88,208,165'))
		await page.getByLabel('Оформление').selectOption('Светлое')
		await page.waitForTimeout(200)
		const chosen = await colours()
		assert.ok(Array.isArray(chosen) && chosen.includes('13,117,84') && !chosen.includes('88,208,165'))
		await page.setViewportSize({ width: 600, height: 800 })
		await page.waitForFunction('document.querySelector("canvas").getBoundingClientRect().right <= 600')
	})
})

/** Orders of the last thirty days, as they would have been placed and taken. */
async function seedPast({ sql }: TestShop): Promise<void> {
	await sql.begin(async (tx) => {
		await tx`
			create temp table past on commit drop as
			select uuidv7() as id, nextval('order_numbers') as number, ${anna.id}::bigint as customer_id,
				500 * (1 + n % 7)::bigint as total, n,
				now() - make_interval(hours => 3 + n) as at
			from generate_series(1, 24 * 30) as n
			where (n * 7919) % 11 < 4 + 5 * sin(n / 24.0 * 2 * pi())`
		await tx`
			insert into orders (id, number, customer_id, idempotency_key, request_hash, status, version, total, currency, phone,
				delivery_method, created_at, updated_at)
			select id, number, customer_id, id::text, '', case when n % 13 = 0 then 'cancelled' else 'received' end,
				case when n % 13 = 0 then 2 else 4 end, total, 'RUB', '+79001234567', 'pickup', at, at from past`
		await tx`
			insert into order_lines (order_id, position, product_id, name, price, quantity)
			select id, 1, 10, 'велосипед_10', 500, 1 + n % 7 from past`
		await tx`
			insert into order_history (order_id, version, status, actor_type, source, at)
			select id, version, status, 'inventory', 'topic', at + make_interval(mins => minutes * (40 + n % 60) / 60) from past
			cross join lateral (
				select * from (values (1, 'paid', 0), (2, case when n % 13 = 0 then 'cancelled' else 'assembling' end, 30),
					(3, 'ready', 100), (4, 'received', 1500)) as step (version, status, minutes)
				where n % 13 <> 0 or version < 3
			) as step`
		await tx`
			insert into deliveries (order_id, order_number, customer_id, method, pickup_point_id)
			select id, number, customer_id, 'pickup', 'msk-1' from past`
	})
}
