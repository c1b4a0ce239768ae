import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { startBrowser } from '../support/browser.ts'
import { assertAccessible, takePictures } from '../support/desk.ts'
import { LONG_NAME, openOrder, type OrderGround, reasonOf, startOrderGround, statuses } from '../support/order-page.ts'
import { COURIER, PICKUP, placeOrder, registerPerson } from '../support/people.ts'
import { moveOrder, serviceWithKey, signInStaff, totpOf } from '../support/staff.ts'

let browser: Browser
let ground: OrderGround
before(async () => {
	;[ground, browser] = await Promise.all([startOrderGround(), startBrowser()])
})

const placed = (delivery: object = COURIER, items: Readonly<Record<number, number>> = { 1: 2, 2: 1 }) =>
	placeOrder(ground.anna, items, delivery)

const open = (order: { id: string }, by = ground.operator, options: Parameters<typeof openOrder>[2] = {}) =>
	openOrder({ browser, shop: ground.shop, by }, order, options)

/** Longer than a text stays when the pointer has gone elsewhere. */
const HELD_MS = 500

suite('An order’s page', () => {
	test('shows who only reads why they may press nothing', async () => {
		const { shop } = ground
		const page = await open(await placed(), await signInStaff(shop, 'viewer'))
		const reasons = await Promise.all((await statuses(page).getByRole('button').all()).map(reasonOf))
		assert.deepEqual(reasons, ['Заказ уже в этом статусе', ...Array.from({ length: 4 }, () => 'Нужна роль «Оператор» или выше')])
		assert.equal(await reasonOf(page.getByRole('button', { name: 'Добавить' })), 'Нужна роль «Оператор» или выше')
		await assertAccessible(page)
		await takePictures(page, 'viewer')
		const shown = page.locator('[data-tooltip-text]')
		const [current, next] = [statuses(page).getByRole('button').first(), statuses(page).getByRole('button').nth(1)]
		await current.hover()
		await shown.getByText('Заказ уже в этом статусе').waitFor()
		await assertAccessible(page)
		await page.keyboard.press('Escape')
		await shown.waitFor({ state: 'hidden' })
		await current.focus()
		await page.keyboard.press('Tab')
		await shown.getByText('Нужна роль «Оператор» или выше').waitFor()
		await next.blur()
		await shown.waitFor({ state: 'hidden' })
		await page.mouse.move(0, 0)
		await next.hover()
		// Whoever reads it enlarged goes over it with the pointer.
		await shown.hover()
		await page.waitForTimeout(HELD_MS)
		assert.ok(await shown.isVisible())
		await page.mouse.move(0, 0)
		await shown.waitFor({ state: 'hidden' })
	})

	test('tells what another service wanted and the table refused, and nothing of somebody who was erased', async () => {
		const { shop, operator } = ground
		const boris = await registerPerson(shop, { name: 'Борис Годунов' })
		const order = await placeOrder(boris, { 1: 1 }, COURIER)
		await moveOrder(operator, order.id, 'received')
		const robot = await serviceWithKey(shop, 'orders:status')
		await robot.post(`/orders/${order.id}/status`, { body: { event_id: '1', status: 'assembling', reason: 'поздно' } })
		const page = await open(order)
		const refused = page.getByRole('list', { name: 'Отклонённые команды' })
		for (const text of ['Из «Получен» в «В сборке»', /^сервис с ключом № \d+$/, 'поздно']) await refused.getByText(text).waitFor()
		await takePictures(page, 'refused')
		const manager = await signInStaff(shop, 'manager')
		const erased = await manager.post(`/admin/users/${boris.id}/erase`, { body: { confirm: boris.phone, reason: 'запрос 1' } })
		assert.equal(erased.status, 204, erased.text)
		await page.reload()
		await page.getByRole('link', { name: 'Данные удалены' }).waitFor()
		const text = (await page.locator('body').textContent()) ?? ''
		for (const secret of ['Годунов', boris.phone, 'Тверская']) assert.ok(!text.includes(secret), secret)
		await assertAccessible(page)
		await takePictures(page, 'erased')
	})

	test('is in English too', async () => {
		const { operator } = ground
		const order = await placed(PICKUP)
		await moveOrder(operator, order.id, 'ready')
		const page = await open(order, operator, { locale: 'en-GB' })
		await page.getByRole('region', { name: 'Change the status to' }).getByRole('button', { name: 'Ready for pickup' }).waitFor()
		await page.getByRole('region', { name: 'History' }).getByText('in the panel').waitFor()
		await page.getByLabel('Language').selectOption('Русский')
		await statuses(page).getByRole('button', { name: 'Готов к выдаче' }).waitFor()
		await page.getByLabel('Язык').selectOption('English')
		await takePictures(page, 'english')
	})

	test('gives its link away, and the link outlives the sign-in, with what was being written', async () => {
		const { shop } = ground
		const order = await placed()
		const member = await signInStaff(shop, 'operator')
		const page = await open(order, member)
		await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
		await page.getByRole('button', { name: 'Скопировать ссылку' }).click()
		await page.getByText('Скопировано').waitFor()
		const link = String(await page.evaluate('navigator.clipboard.readText()'))
		assert.equal(link, `${shop.service.publicUrl}/admin/orders/${order.id}`)
		await page.getByLabel('Заметка для коллег').fill('Не потеряйся')
		await shop.sql`delete from staff_sessions where staff_id = ${member.id}`
		await page.getByRole('button', { name: 'Добавить' }).click()
		await page.getByLabel('Почта').fill(member.email)
		await page.getByLabel('Пароль').fill('correct horse battery staple')
		await shop.sql`update staff set totp_last_step = 0 where id = ${member.id}`
		await page.getByLabel('Код из приложения').fill(totpOf(member.totpUri))
		await page.getByRole('button', { name: 'Войти' }).click()
		await page.getByRole('heading', { level: 1, name: `Заказ № ${order.number}` }).waitFor()
		assert.equal(page.url(), link)
		assert.equal(await page.getByLabel('Заметка для коллег').inputValue(), 'Не потеряйся')
	})

	test('prints a pick list on one page, with boxes to tick and nothing of the screen, for 20 positions as for two', async () => {
		const { anna, operator } = ground
		const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [index + 1, index + 1]))
		for (const [name, order] of [
			['two', await placed()],
			['twenty', await placed(PICKUP, many)],
		] as const) {
			const page = await open(order, operator, { colorScheme: 'dark' })
			await page.emulateMedia({ media: 'print' })
			const sheet = page.getByRole('article', { name: 'Лист сборки' })
			for (const text of [`Заказ № ${order.number}`, anna.name, anna.phone, LONG_NAME])
				await sheet.getByText(text).first().waitFor()
			assert.equal(await sheet.getByRole('row').count(), order.items.length + 1)
			assert.equal(await page.getByRole('heading', { name: 'История' }).isVisible(), false)
			assert.equal(await page.getByRole('navigation').first().isVisible(), false)
			const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
			assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, 1, `${name} positions take more than a page`)
			const folder = process.env['TEST_PICTURES']
			if (folder !== undefined) {
				mkdirSync(folder, { recursive: true })
				await page.setViewportSize({ width: 700, height: 1_000 })
				await page.screenshot({ path: join(folder, `print-${name}.png`), fullPage: true })
			}
			await page.context().close()
		}
	})
})
