import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { before, suite, test } from 'node:test'
import type { Browser, Locator } from 'playwright-core'
import { startBrowser } from '../support/browser.ts'
import { assertAccessible, type Desk, openDesk, takePictures } from '../support/desk.ts'
import { type Person, placeOrder, putProducts, registerPeople, registerPerson } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInAgain } from '../support/sign-in.ts'
import { moveOrder, signInStaff, type StaffMember } from '../support/staff.ts'

let shop: TestShop
let browser: Browser
let manager: StaffMember
before(async () => {
	;[shop, browser] = await Promise.all([startTestShop(), startBrowser()])
	manager = await signInStaff(shop, 'manager')
	await putProducts(shop, { id: 1 }, { id: 2, cost: 129_900 })
})

const LONG_NAME = 'Александрина-Виктория Преображенская-Богоявленская'

const openUser = (person: { id: number }, by: StaffMember = manager, locale = 'ru-RU'): Promise<Desk> =>
	openDesk(browser, shop, by, { path: `/users/${person.id}`, locale })

/** What a screen reader says of a control beside its name. */
async function descriptionOf(page: Desk, control: Locator): Promise<string> {
	const id = await control.getAttribute('aria-describedby')
	return (await page.locator(`[id="${id}"]`).textContent()) ?? ''
}

/** Somebody who has lived a little: orders in several statuses, two devices. */
async function customerOfOld(name: string): Promise<Person> {
	const person = await registerPerson(shop, { name })
	const first = await placeOrder(person, { 1: 1, 2: 2 })
	await moveOrder(manager, first.id, 'received')
	const second = await placeOrder(person, { 2: 1 })
	await person.post(`/orders/${second.id}/cancel`)
	const browserName =
		'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36'
	await signInAgain(shop, person.phone, { 'user-agent': browserName })
	return person
}

suite('A manager', () => {
	test('finds a person by a part of the name or the phone, or those who are blocked; the address keeps what is asked', async () => {
		await registerPeople(shop, 51)
		const person = await customerOfOld(LONG_NAME)
		const blocked = await registerPerson(shop, { name: 'Спамер' })
		await manager.post(`/admin/users/${blocked.id}/block`, { body: { reason: 'спам' } })
		const page = await openDesk(browser, shop, manager, { path: '/users' })
		const rows = page.getByRole('table').getByRole('row')
		await page.getByRole('rowheader', { name: LONG_NAME }).waitFor()
		assert.equal(await rows.count(), 51)
		await assertAccessible(page)
		await takePictures(page, 'users')
		await page.getByRole('button', { name: 'Показать ещё' }).click()
		await rows.nth(53).waitFor()
		assert.equal(await page.getByRole('button', { name: 'Показать ещё' }).count(), 0)
		await page.keyboard.press('/')
		await page.keyboard.type('преображен')
		await page.keyboard.press('Enter')
		await page.waitForURL(/\/users\?search=/)
		await rows.nth(2).waitFor({ state: 'detached' })
		await page.getByRole('rowheader', { name: LONG_NAME }).waitFor()
		assert.equal(await page.getByRole('rowheader').count(), 1)
		await page.reload()
		await page.getByRole('rowheader', { name: LONG_NAME }).waitFor()
		await page.getByLabel('Имя, почта или телефон').fill(person.phone.slice(2))
		await page.getByRole('button', { name: 'Найти' }).click()
		await page.getByRole('rowheader', { name: LONG_NAME }).waitFor()
		await page.getByLabel('Имя, почта или телефон').fill('нет такого')
		await page.keyboard.press('Enter')
		await page.getByRole('heading', { name: 'Никого не нашлось' }).waitFor()
		await assertAccessible(page)
		await takePictures(page, 'users-none')
		await page.getByRole('button', { name: 'Сбросить поиск' }).click()
		await page.getByLabel('Доступ').selectOption('Заблокированные')
		await page.waitForURL(/blocked=true/)
		await rows.nth(2).waitFor({ state: 'detached' })
		await page.getByRole('rowheader', { name: 'Спамер' }).waitFor()
		await page.goBack()
		await page.getByRole('rowheader', { name: LONG_NAME }).waitFor()
		await page.getByRole('link', { name: LONG_NAME }).click()
		await page.getByRole('heading', { name: LONG_NAME }).waitFor()
	})

	test('sees who a person is, what they ordered and where they are signed in, and ends one session or all', async () => {
		const person = await customerOfOld(LONG_NAME)
		const page = await openUser(person)
		await page.getByRole('region', { name: 'Заказы' }).getByText('Отменён').waitFor()
		assert.equal(await page.getByRole('button', { name: /Завершить сеанс/ }).count(), 2)
		await assertAccessible(page)
		await takePictures(page, 'user')
		await page.getByRole('button', { name: 'Завершить сеанс: Chrome, Android' }).waitFor()
		await page.getByRole('button', { name: 'Завершить сеанс: node' }).click()
		await page.getByText('Сеанс завершён').waitFor()
		await page.getByRole('button', { name: 'Завершить сеанс: node' }).waitFor({ state: 'detached' })
		assert.equal((await person.get('/me')).status, 401)
		await signInAgain(shop, person.phone)
		await page.reload()
		await page.getByRole('button', { name: 'Завершить все' }).click()
		await page.getByText('Сейчас вход нигде не выполнен').waitFor()
		const [newest] = await shop.sql<
			{ sessions: number }[]
		>`select count(*) as sessions from sessions where customer_id = ${person.id}`
		assert.equal(newest?.sessions, 0)
	})

	test('edits a person; what somebody else has changed meanwhile is shown, and what was typed stays', async () => {
		const person = await registerPerson(shop, { name: 'Ана' })
		const page = await openUser(person)
		await page.getByRole('button', { name: 'Изменить' }).click()
		const dialog = page.getByRole('dialog')
		await assertAccessible(page)
		await takePictures(page, 'user-edit')
		await dialog.getByLabel('Имя').fill('Анна')
		await person.patch('/me', { body: { email: 'own@example.com' } })
		await dialog.getByRole('button', { name: 'Сохранить' }).click()
		await page.getByRole('dialog', { name: 'Данные тем временем изменили' }).waitFor()
		assert.equal(await dialog.getByLabel('Имя').inputValue(), 'Анна')
		assert.equal(await dialog.getByLabel('Почта').inputValue(), 'own@example.com')
		await assertAccessible(page)
		await takePictures(page, 'user-conflict')
		await dialog.getByRole('button', { name: 'Сохранить всё равно' }).click()
		await page.getByRole('heading', { name: 'Анна', level: 1 }).waitFor()
		const seen = (await person.get('/me')).body
		assert.deepEqual([seen.name, seen.email], ['Анна', 'own@example.com'])
		const other = await registerPerson(shop)
		await page.getByRole('button', { name: 'Изменить' }).click()
		await dialog.getByLabel('Телефон').fill(other.phone)
		await dialog.getByRole('button', { name: 'Сохранить' }).click()
		await dialog.getByText('уже принадлежит другому').waitFor()
		await dialog.getByLabel('Телефон').fill('12')
		await dialog.getByRole('button', { name: 'Сохранить' }).click()
		await dialog.getByText('На такой номер нельзя отправить SMS').waitFor()
		await page.keyboard.press('Escape')
		await dialog.waitFor({ state: 'hidden' })
		assert.equal((await person.get('/me')).body.phone, person.phone)
	})

	test('blocks a person for a reason, who is out at once, and lets them in again', async () => {
		const person = await registerPerson(shop, { name: 'Глеб' })
		const page = await openUser(person)
		await page.getByRole('button', { name: 'Заблокировать' }).click()
		const dialog = page.getByRole('dialog')
		const block = dialog.getByRole('button', { name: 'Заблокировать' })
		assert.equal(await block.getAttribute('aria-disabled'), 'true')
		await assertAccessible(page)
		await takePictures(page, 'user-block')
		await dialog.getByLabel('Причина').fill('Оскорблял курьера')
		await block.click()
		await page.getByText('Покупатель заблокирован').waitFor()
		assert.equal((await person.get('/me')).status, 401)
		const profile = page.getByRole('region', { name: 'Данные' })
		await profile.getByText('Оскорблял курьера').waitFor()
		await profile.getByText(manager.email).waitFor()
		await assertAccessible(page)
		await takePictures(page, 'user-blocked')
		await page.getByRole('button', { name: 'Разблокировать' }).click()
		await page.getByRole('button', { name: 'Заблокировать' }).waitFor()
		await signInAgain(shop, person.phone)
	})

	test('saves everything about a person as a file', async () => {
		const person = await customerOfOld('Дина')
		const page = await openUser(person)
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: 'Выгрузить данные' }).click(),
		])
		assert.equal(download.suggestedFilename(), `user-${person.id}.json`)
		const saved = JSON.parse(await readFile(await download.path(), 'utf8'))
		assert.deepEqual([saved.user.phone, saved.orders.length, saved.sessions.length], [person.phone, 2, 2])
	})

	test('erases a person by typing the phone, when no order is under way any more; the orders stay', async () => {
		const person = await customerOfOld('Евдокия')
		const order = await placeOrder(person, { 1: 1 })
		const page = await openUser(person)
		const erase = page.getByRole('button', { name: 'Удалить навсегда' }).first()
		await erase.waitFor()
		assert.equal(await erase.getAttribute('aria-disabled'), 'true')
		assert.match(await descriptionOf(page, erase), /Сначала завершите или отмените 1 заказ/)
		await moveOrder(manager, order.id, 'received')
		await page.reload()
		await erase.click()
		const dialog = page.getByRole('dialog')
		const sure = dialog.getByRole('button', { name: 'Удалить навсегда' })
		await dialog.getByLabel(/введите телефон/).fill('+79000000000')
		await dialog.getByLabel('Основание').fill('Обращение 17')
		assert.equal(await sure.getAttribute('aria-disabled'), 'true')
		await assertAccessible(page)
		await takePictures(page, 'user-erase')
		// Somebody orders while the dialog is open.
		const late = await placeOrder(person, { 2: 1 })
		await dialog.getByLabel(/введите телефон/).fill(`8${person.phone.slice(2)}`)
		await sure.click()
		await dialog.getByRole('link', { name: `№ ${late.number}` }).waitFor()
		await assertAccessible(page)
		await moveOrder(manager, late.id, 'received')
		await sure.click()
		await page.getByRole('heading', { name: 'Покупатель удалён' }).waitFor()
		assert.equal((await person.get('/me')).status, 401)
		await page.getByRole('link', { name: `№ ${late.number}` }).waitFor()
		await assertAccessible(page)
		await takePictures(page, 'user-erased')
		const [row] = await shop.sql<{ name: string; phone: string }[]>`select name, phone from customers where id = ${person.id}`
		assert.deepEqual(row, { name: '', phone: `erased:${person.id}` })
	})
})

suite('Who is no manager', () => {
	for (const role of ['viewer', 'operator'] as const) {
		test(`sees a person as ${role}, and is told who may do more`, async () => {
			const person = await customerOfOld('Жанна')
			const page = await openUser(person, await signInStaff(shop, role), 'en-GB')
			for (const name of ['Edit', 'Export the data', 'Block', 'Erase for good', 'End all']) {
				const button = page.getByRole('button', { name, exact: true })
				await button.waitFor()
				assert.equal(await button.getAttribute('aria-disabled'), 'true', name)
				assert.match(await descriptionOf(page, button), /Manager/i, name)
			}
			await page.getByRole('button', { name: 'Edit' }).press('Enter')
			assert.equal(await page.getByRole('dialog').count(), 0)
			await assertAccessible(page)
			await takePictures(page, `user-${role}-en`)
		})
	}

	test('is told that somebody is not there, or that a number is none', async () => {
		const page = await openDesk(browser, shop, manager, { path: '/users/999999', locale: 'en-GB' })
		await page.getByRole('heading', { name: 'Not found' }).waitFor()
		await assertAccessible(page)
		await page.goto(`${shop.service.publicUrl}/admin/users/anna`)
		await page.getByRole('heading', { name: 'Not found' }).waitFor()
		await assertAccessible(page)
	})
})
