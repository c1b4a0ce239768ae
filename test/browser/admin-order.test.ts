import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Browser, Locator } from 'playwright-core'
import { startBrowser } from '../support/browser.ts'
import { assertAccessible, type Desk, openDesk, takePictures } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { LONG_NAME, openOrder, type OrderGround, reasonOf, startOrderGround, statuses } from '../support/order-page.ts'
import { COURIER, PICKUP, placeOrder } from '../support/people.ts'
import { moveOrder } from '../support/staff.ts'

let browser: Browser
let ground: OrderGround
before(async () => {
	;[ground, browser] = await Promise.all([startOrderGround(), startBrowser()])
})

const placed = (delivery: object = COURIER) => placeOrder(ground.anna, { 1: 2, 2: 1 }, delivery)

const open = (order: { id: string }, by = ground.operator, options: Parameters<typeof openOrder>[2] = {}) =>
	openOrder({ browser, shop: ground.shop, by }, order, options)

const history = (page: Desk) => page.getByRole('list', { name: 'История' }).getByRole('listitem')
const textsOf = async (found: Locator) => (await found.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim())

async function track(order: { id: string }, status: string, more: object = {}): Promise<void> {
	const message = { event_id: randomUUID(), order_id: order.id, status, occurred_at: new Date().toISOString(), ...more }
	await ground.shop.topics.publish('tracking', { value: message })
}

suite('A day at one order', () => {
	test('shows its lines, sums, customer, delivery and history, and moves it on with a reason that the history keeps', async () => {
		const { anna, operator } = ground
		const order = await placed()
		await track(order, 'in_transit', {
			carrier: 'cdek',
			tracking_number: '1234567890',
			location: 'Москва',
			estimated_at: '2026-11-27',
		})
		await eventually(async () =>
			assert.equal((await operator.get(`/admin/orders/${order.id}`)).body.delivery.status, 'in_transit'),
		)
		const page = await open(order)
		assert.equal(await page.title(), `Заказ № ${order.number} · Prilavok`)
		const lines = page.getByRole('region', { name: 'Состав' })
		assert.deepEqual(await textsOf(lines.getByRole('row')), [
			'Товар Цена Количество Сумма',
			'велосипед_1 1 990 ₽ 2 3 980 ₽',
			`${LONG_NAME} 3 980 ₽ 1 3 980 ₽`,
		])
		await lines.getByText('Итого: 7 960 ₽').waitFor()
		const customer = page.getByRole('region', { name: 'Покупатель' })
		assert.equal(await customer.getByRole('link', { name: anna.name }).getAttribute('href'), `/admin/users/${anna.id}`)
		await customer.getByRole('link', { name: anna.phone }).waitFor()
		const delivery = page.getByRole('region', { name: 'Доставка' })
		for (const text of ['Курьер', 'Москва, Тверская ул., 1, кв. 2', 'cdek', '1234567890', 'В пути']) {
			await delivery.getByText(text, { exact: true }).first().waitFor()
		}
		await assertAccessible(page)
		await statuses(page).getByRole('button', { name: 'В сборке' }).click()
		const dialog = page.getByRole('dialog', { name: 'Перевести заказ: В сборке' })
		await dialog.getByLabel('Причина').fill('Склад начал сборку')
		await assertAccessible(page)
		await takePictures(page, 'change')
		await dialog.getByRole('button', { name: 'Перевести' }).click()
		await dialog.waitFor({ state: 'hidden' })
		const [first = '', second = ''] = await textsOf(history(page))
		assert.match(first, new RegExp(`^Оплачен и ждёт сборки ${anna.name} через API `))
		assert.match(second, new RegExp(`^В сборке ${operator.email} в панели .+ Склад начал сборку$`))
		assert.equal((await anna.get(`/orders/${order.id}`)).body.history[1].reason, 'Склад начал сборку')
		await page.getByLabel('Заметка для коллег').fill('Просит позвонить\nпосле 18:00')
		await page.getByLabel('Заметка для коллег').press('Control+Enter')
		await page.getByRole('list', { name: 'Заметки' }).getByText('Просит позвонить').waitFor()
		assert.equal(await page.getByLabel('Заметка для коллег').inputValue(), '')
		await assertAccessible(page)
		await takePictures(page, 'order')
		await page.getByRole('button', { name: /^Удалить заметку от / }).click()
		await page.getByRole('dialog', { name: 'Удалить заметку?' }).getByRole('button', { name: 'Удалить' }).click()
		await page.getByText('Заметок пока нет.').waitFor()
		assert.deepEqual((await operator.get(`/admin/orders/${order.id}`)).body.notes, [])
	})

	test('has a button for each status by the service’s table, and one that may not be pressed says why', async () => {
		const { colleague } = ground
		const order = await placed(PICKUP)
		await moveOrder(colleague, order.id, 'ready')
		const page = await open(order)
		const button = (name: string) => statuses(page).getByRole('button', { name, exact: true })
		assert.equal(await reasonOf(button('Оплачен и ждёт сборки')), 'Этот этап пройден, назад заказ не возвращают')
		assert.equal(await reasonOf(button('В сборке')), 'Этот этап пройден, назад заказ не возвращают')
		assert.equal(await reasonOf(button('Готов к выдаче')), 'Заказ уже в этом статусе')
		await button('В сборке').focus()
		await page.getByText('Этот этап пройден, назад заказ не возвращают').last().waitFor({ state: 'visible' })
		await button('В сборке').press('Enter')
		assert.equal(await page.getByRole('dialog').count(), 0)
		await button('Отменён').click()
		await page.getByRole('dialog').getByRole('button', { name: 'Отменить заказ' }).click()
		await page.getByText('Заказ переведён: Отменён').waitFor()
		assert.equal(await reasonOf(button('Получен')), 'Это конечный статус: больше заказ не меняется')
	})

	test('is done by keyboard alone', async () => {
		const order = await placed()
		const page = await open(order)
		await page.keyboard.press('n')
		await page.keyboard.type('С клавиатуры')
		await page.keyboard.press('Tab')
		await page.keyboard.press('Enter')
		await page.getByRole('list', { name: 'Заметки' }).getByText('С клавиатуры').waitFor()
		const dialog = page.getByRole('dialog', { name: 'Перевести заказ: Получен' })
		await statuses(page).getByRole('button', { name: 'Получен' }).focus()
		await page.keyboard.press('Enter')
		await dialog.waitFor()
		await page.keyboard.type('Отдан в руки')
		await page.keyboard.press('Escape')
		await dialog.waitFor({ state: 'hidden' })
		await eventually(async () => assert.equal(await page.evaluate('document.activeElement.textContent'), 'Получен'))
		await page.keyboard.press('Enter')
		assert.equal(await page.getByLabel('Причина').inputValue(), 'Отдан в руки', 'what was typed is still there')
		await page.keyboard.press('Tab')
		await page.keyboard.press('Tab')
		await page.keyboard.press('Enter')
		await page.getByText('Заказ переведён: Получен').waitFor()
	})

	test('tells in words where there is no such order', async () => {
		const { shop, operator } = ground
		for (const id of [randomUUID(), 'no-order']) {
			const page = await openDesk(browser, shop, operator, { path: `/orders/${id}` })
			await page.getByRole('heading', { name: 'Не найдено' }).waitFor()
			await assertAccessible(page)
			await page.context().close()
		}
	})
})

suite('Two at one order', () => {
	test('in conflict are shown both versions, and nothing that was typed is lost', async () => {
		const { operator, colleague } = ground
		const order = await placed()
		const page = await open(order)
		const other = await open(order, colleague)
		await page.getByLabel('Заметка для коллег').fill('Недописанная заме')
		await statuses(page).getByRole('button', { name: 'Доставляется' }).click()
		await page.getByLabel('Причина').fill('Курьер забрал')
		await statuses(other).getByRole('button', { name: 'В сборке' }).click()
		await other.getByLabel('Причина').fill('Собираю')
		await other.getByRole('dialog').getByRole('button', { name: 'Перевести' }).click()
		await other.getByText('Заказ переведён: В сборке').waitFor()
		await page.getByRole('dialog').getByRole('button', { name: 'Перевести' }).click()
		const conflict = page.getByRole('dialog', { name: 'Заказ тем временем изменили' })
		await conflict.waitFor()
		const seen = conflict.getByRole('region', { name: 'Вы видели' })
		const now = conflict.getByRole('region', { name: 'Сейчас' })
		await seen.getByText('Оплачен и ждёт сборки').waitFor()
		for (const text of ['В сборке', colleague.email, 'Собираю']) await now.getByText(text).waitFor()
		assert.equal(await conflict.getByLabel('Причина').inputValue(), 'Курьер забрал')
		await assertAccessible(page)
		await takePictures(page, 'conflict')
		await conflict.getByRole('button', { name: 'Всё равно перевести: Доставляется' }).click()
		await conflict.waitFor({ state: 'hidden' })
		assert.equal(await page.getByLabel('Заметка для коллег').inputValue(), 'Недописанная заме')
		const { body } = await operator.get(`/admin/orders/${order.id}`)
		assert.deepEqual(
			body.history.map((line: { status: string; reason: string | null }) => [line.status, line.reason]),
			[
				['paid', null],
				['assembling', 'Собираю'],
				['ready', 'Курьер забрал'],
			],
		)
	})

	test('where the other one went further than the table lets follow, the button says so and the reason stays', async () => {
		const { colleague } = ground
		const order = await placed()
		const page = await open(order)
		await statuses(page).getByRole('button', { name: 'В сборке' }).click()
		await page.getByLabel('Причина').fill('Собираем')
		await moveOrder(colleague, order.id, 'cancelled')
		await page.getByRole('dialog').getByRole('button', { name: 'Перевести' }).click()
		const conflict = page.getByRole('dialog', { name: 'Заказ тем временем изменили' })
		const button = conflict.getByRole('button', { name: 'Всё равно перевести: В сборке' })
		assert.equal(await reasonOf(button), 'Это конечный статус: больше заказ не меняется')
		assert.equal(await conflict.getByLabel('Причина').inputValue(), 'Собираем')
	})

	test('see each other’s changes and notes as they come, marked, without anything moving under the pointer', async () => {
		const { operator, colleague } = ground
		const order = await placed()
		const page = await open(order, operator, { viewport: { width: 1280, height: 1_000 } })
		const note = page.getByLabel('Заметка для коллег')
		await note.fill('пишу')
		await history(page).first().hover()
		assert.equal(await page.evaluate('scrollY'), 0, 'where the browser itself holds nothing')
		const before = await history(page).first().boundingBox()
		await colleague.post(`/admin/orders/${order.id}/notes`, { body: { text: 'Заметка\nна\nчетыре\nстроки' } })
		await page.getByText(`Новая заметка (${colleague.email})`).waitFor()
		await page.getByRole('list', { name: 'Заметки' }).getByText('новое').waitFor()
		assert.ok(
			Math.abs(((await history(page).first().boundingBox())?.y ?? 0) - (before?.y ?? 0)) < 2,
			'the history stays under the pointer',
		)
		const steps = await statuses(page).getByRole('button').first().boundingBox()
		await moveOrder(colleague, order.id, 'assembling')
		await page.getByText(`Заказ изменён (${colleague.email}): В сборке`).waitFor()
		const line = history(page).last()
		await line.getByText('новое').waitFor()
		assert.deepEqual(await statuses(page).getByRole('button').first().boundingBox(), steps, 'the buttons stay where they are')
		assert.equal(await note.inputValue(), 'пишу')
		await track(order, 'handed_over', { location: 'Тверь' })
		await page.getByRole('list', { name: 'Что было в пути' }).getByText('новое').waitFor()
		await assertAccessible(page)
		await takePictures(page, 'live')
	})
})
