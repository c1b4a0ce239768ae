import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { startBrowser } from '../support/browser.ts'
import { assertAccessible, openDesk, takePictures } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { type Person, placeOrder, putProducts, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { moveOrder, serviceWithKey, signInStaff, type StaffMember } from '../support/staff.ts'

let shop: TestShop
let browser: Browser
let manager: StaffMember
let operator: StaffMember
let anna: Person
let order: { id: string; number: number }
before(async () => {
	;[shop, browser] = await Promise.all([startTestShop(), startBrowser()])
	manager = await signInStaff(shop, 'manager')
	operator = await signInStaff(shop, 'operator')
	await putProducts(shop, { id: 1 })
	anna = await registerPerson(shop)
	order = await placeOrder(anna, { 1: 1 })
	await moveOrder(operator, order.id, 'assembling')
	await moveOrder(operator, order.id, 'ready')
	await manager.post(`/admin/users/${anna.id}/block`, { body: { reason: 'Просила сама: потеряла телефон' } })
	await manager.post(`/admin/users/${anna.id}/unblock`)
	await serviceWithKey(shop, 'reports')
})

suite('The audit log at the desk', () => {
	test('tells who did what to what, with links to it', async () => {
		const page = await openDesk(browser, shop, manager, { path: '/audit' })
		const table = page.getByRole('table', { name: 'Журнал действий' })
		await table.getByText('В сборке → Готов').waitFor()
		await table.getByText('Просила сама: потеряла телефон').waitFor()
		await table.getByText('Ключ сервиса создан').waitFor()
		await table.getByRole('link', { name: 'Командная строка' }).first().waitFor()
		await assertAccessible(page)
		await takePictures(page, 'audit')
		await table
			.getByRole('link', { name: `Заказ № ${order.number}`, exact: true })
			.first()
			.click()
		await page.waitForURL(`**/admin/orders/${order.id}`)
	})

	test('is narrowed by person, action, subject and day, all of which stand in the address', async () => {
		const page = await openDesk(browser, shop, manager, { path: '/audit' })
		const rows = page.getByRole('table', { name: 'Журнал действий' }).getByRole('row')
		const shows = (count: number) => eventually(async () => assert.equal(await rows.count(), count + 1))
		await page.getByRole('link', { name: operator.email }).first().click()
		// The status twice, each after a look at the order, and joining.
		await shows(5)
		await page.getByLabel('Действие').selectOption('Статус заказа изменён')
		await shows(2)
		assert.match(page.url(), new RegExp(`staff_id=${operator.id}&action=order_status_changed`))
		await page.reload()
		await shows(2)
		assert.equal(await page.getByLabel('Кто').inputValue(), String(operator.id))
		await page.getByLabel('С дня').fill('2001-01-01')
		await page.getByLabel('По день').fill('2001-01-02')
		await page.getByRole('heading', { name: 'Ничего не нашлось' }).waitFor()
		await assertAccessible(page)
		await takePictures(page, 'audit-none')
		await page.getByRole('button', { name: 'Сбросить отбор' }).click()
		await page
			.getByRole('link', { name: `Все действия: Покупатель № ${anna.id}` })
			.first()
			.click()
		await shows(2)
		await page.getByText(`Всё о: Покупатель № ${anna.id}`).waitFor()
		await assertAccessible(page)
		await takePictures(page, 'audit-subject')
		await page.getByRole('button', { name: 'Показать обо всём' }).click()
		await page.getByRole('table').getByText('Ключ сервиса создан').waitFor()
	})

	test('has words for each action and subject that there is, in both languages', async () => {
		const { body } = await shop.guest.get('//openapi.json')
		const parameters: { name: string; schema: { enum?: string[] } }[] = body.paths['/v1/admin/audit'].get.parameters
		const actions = parameters.find(({ name }) => name === 'action')?.schema.enum ?? []
		const subjects = parameters.find(({ name }) => name === 'subject_type')?.schema.enum ?? []
		assert.ok(actions.length > 10 && subjects.length > 5)
		await shop.sql`
			insert into audit_log (staff_id, action, subject_type, subject_id, details)
			select null, 'key_revoked', type, '77', '{}' from unnest(${shop.sql.array(subjects)}::text[]) as type`
		for (const locale of ['ru-RU', 'en-GB']) {
			const page = await openDesk(browser, shop, manager, { path: '/audit', locale })
			const offered = page.getByLabel(locale === 'ru-RU' ? 'Действие' : 'Action').locator('option')
			await offered.first().waitFor({ state: 'attached' })
			const values = await offered.evaluateAll((options) => options.map((option) => option.getAttribute('value')))
			assert.deepEqual(new Set(values.filter(Boolean)), new Set(actions))
			const labels = await offered.allTextContents()
			assert.deepEqual(
				labels.filter((label) => label.includes('_')),
				[],
			)
			for (const subject of subjects)
				assert.equal(await page.getByText(`${subject} `, { exact: false }).filter({ hasText: '_' }).count(), 0)
			if (locale === 'en-GB') await takePictures(page, 'audit-en')
		}
	})

	test('is for managers', async () => {
		const page = await openDesk(browser, shop, operator, { path: '/audit' })
		await page.getByRole('heading', { name: 'Недостаточно прав' }).waitFor()
		await assertAccessible(page)
	})
})
