import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openPage, startBrowser } from '../support/browser.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff, totpOf } from '../support/staff.ts'

/** More than a page of the list holds, so that it must be asked for. */
const ORDERS = 50
const PASSWORD = 'a long and lovely password'
/** What somebody may call a product or themselves, in the hope that the panel runs it. */
const SCRIPT = '<img src=x onerror="document.title=`taken`">'

let shop: TestShop
let browser: Browser
let anna: Person
before(async () => {
	;[shop, browser] = await Promise.all([startTestShop(), startBrowser()])
	await putProducts(shop, { id: 1, name: SCRIPT })
	anna = await registerPerson(shop, { name: `Анна ${SCRIPT}` })
	for (let order = 0; order < ORDERS; order++) await placeOrder(anna, { 1: 1 })
})

const section = (page: Desk, name: string) => page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name })

/** Follows the link of an invitation, as the person does who got it. */
async function join(link: string): Promise<Desk> {
	const page = await openPage(browser, { locale: 'ru-RU', viewport: { width: 1280, height: 800 } })
	await page.goto(link)
	const secret = (await page.locator('code').textContent()) ?? ''
	await page.getByLabel('Придумайте пароль').fill(PASSWORD)
	await page.getByLabel('Код из приложения').fill(totpOf(`otpauth://totp/x?secret=${secret}`))
	await page.getByRole('button', { name: 'Принять приглашение' }).click()
	await page.getByRole('button', { name: 'Начать работу' }).click()
	await page.getByRole('heading', { name: 'Сегодня', level: 1 }).waitFor()
	return page
}

suite('A day at the desk', () => {
	let boris: Desk

	test('begins with an invitation by the owner, which Boris follows', async () => {
		const owner = await openDesk(browser, shop, await signInStaff(shop, 'owner'))
		await section(owner, 'Сотрудники').click()
		await owner.getByRole('button', { name: 'Пригласить' }).click()
		const dialog = owner.getByRole('dialog')
		await dialog.getByLabel('Почта').fill('boris@example.com')
		await dialog.getByLabel('Роль').selectOption('Менеджер')
		await dialog.getByRole('button', { name: 'Создать приглашение' }).click()
		boris = await join(await dialog.getByLabel('Ссылка').innerText())
	})

	test('goes on with fifty orders at once, found by the customer’s phone', async () => {
		await section(boris, 'Заказы').click()
		await boris.getByRole('searchbox', { name: 'Номер, телефон или имя' }).fill(anna.phone)
		await boris.waitForURL(/phone=/)
		await eventually(async () => {
			await boris.mouse.wheel(0, 4_000)
			await boris.getByRole('checkbox', { name: 'Выбрать все показанные' }).check()
			assert.equal(await boris.getByText(`Выбрано: ${ORDERS}`).count(), 1)
		})
		await boris.getByRole('button', { name: 'Сменить статус' }).click()
		await boris.getByLabel('Новый статус').selectOption('В сборке')
		await boris.getByRole('button', { name: 'Сменить', exact: true }).click()
		await boris.getByText(`Сменили статус ${ORDERS} из ${ORDERS}`).first().waitFor()
		const [{ count }] = await shop.sql<[{ count: number }]>`
			select count(*)::int as count from orders where customer_id = ${anna.id} and status = 'assembling'`
		assert.equal(count, ORDERS)
	})

	test('has a message that could not be applied, which Boris looks at and sends again', async () => {
		await shop.topics.publish('orderStatus', { value: { event_id: randomUUID(), order_id: randomUUID(), status: 'ready' } })
		await eventually(async () => assert.equal((await shop.sql`select from dead_letters`).count, 1))
		await boris.keyboard.press('Escape')
		await section(boris, 'Непринятые сообщения').click()
		await boris.getByRole('link', { name: '№ 1', exact: true }).click()
		await boris.getByRole('button', { name: 'Отправить снова' }).click()
		await boris.getByRole('dialog').getByRole('button', { name: 'Отправить снова' }).click()
		await boris.getByRole('dialog').getByText('Отправлено снова').waitFor()
		const [{ state }] = await shop.sql<[{ state: string }]>`select state from dead_letters where id = 1`
		assert.equal(state, 'replayed')
	})

	test('runs nothing that somebody wrote into a name', async () => {
		await boris.goto(`${shop.service.publicUrl}/admin/products`)
		await boris.getByText(SCRIPT).first().waitFor()
		await boris.goto(`${shop.service.publicUrl}/admin/users/${anna.id}`)
		await boris.getByRole('heading', { name: anna.name }).waitFor()
		assert.doesNotMatch(await boris.title(), /^taken/)
	})

	test('ends with a customer who wants to be forgotten, once her orders are done', async () => {
		await shop.sql`update orders set status = 'received' where customer_id = ${anna.id}`
		await boris.reload()
		await boris.getByRole('button', { name: 'Удалить навсегда' }).first().click()
		const dialog = boris.getByRole('dialog')
		await dialog.getByLabel(/введите телефон/).fill(anna.phone)
		await dialog.getByLabel('Основание').fill('Письмо от сегодня')
		await dialog.getByRole('button', { name: 'Удалить навсегда' }).click()
		await boris.getByRole('heading', { name: 'Покупатель удалён' }).waitFor()
		assert.equal((await anna.get('/me')).status, 401)
	})

	test('is in the audit, line by line', async () => {
		await section(boris, 'Журнал действий').click()
		await boris.getByRole('heading', { name: 'Журнал действий' }).waitFor()
		const actions = await shop.sql<{ action: string }[]>`
			select distinct action from audit_log join staff on staff.id = staff_id where email = 'boris@example.com'`
		const known = new Set(actions.map(({ action }) => action))
		for (const action of ['staff_joined', 'order_status_changed', 'user_erased']) assert.ok(known.has(action), action)
		await boris.getByRole('table').getByText('boris@example.com').first().waitFor()
	})
})
