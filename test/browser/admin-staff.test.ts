import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openPage, startBrowser } from '../support/browser.ts'
import { assertAccessible, type Desk, openDesk, takePictures, dialogOn } from '../support/desk.ts'
import { joinersOf, newEmail, nextTotp, tokenOf } from '../support/joined.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff, type StaffMember, totpOf } from '../support/staff.ts'

let shop: TestShop
let browser: Browser
let owner: StaffMember
before(async () => {
	;[shop, browser] = await Promise.all([startTestShop(), startBrowser()])
	owner = await signInStaff(shop, 'owner')
})
const { join } = joinersOf(
	() => shop,
	() => owner,
)

/** The link or key that a dialog shows this once. */
const secretIn = async (page: Desk): Promise<string> => (await dialogOn(page).locator('code').textContent()) ?? ''
const closed = (page: Desk) => dialogOn(page).waitFor({ state: 'hidden' })

suite('The staff at the desk', () => {
	test('are invited by a link that is shown once, and the invitation is withdrawn', async () => {
		const page = await openDesk(browser, shop, owner, { path: '/staff' })
		await page.getByRole('row', { name: owner.email }).waitFor()
		await assertAccessible(page)
		await page.getByRole('button', { name: 'Пригласить' }).click()
		const dialog = page.getByRole('dialog', { name: 'Пригласить сотрудника' })
		const email = newEmail()
		await dialog.getByLabel('Почта').fill(owner.email)
		await dialog.getByRole('button', { name: 'Создать приглашение' }).click()
		await dialog.getByRole('alert').waitFor()
		await assertAccessible(page)
		await dialog.getByLabel('Почта').fill(email)
		await dialog.getByLabel('Роль').selectOption('Менеджер')
		await dialog.getByRole('button', { name: 'Создать приглашение' }).click()
		await dialog.getByLabel('Ссылка').waitFor()
		const link = await secretIn(page)
		await assertAccessible(page)
		await takePictures(page, 'staff-invited')
		await page.keyboard.press('Escape')
		await closed(page)
		const row = page.getByRole('table', { name: 'Открытые приглашения' }).getByRole('row', { name: email })
		await row.getByText('Менеджер').waitFor()
		await takePictures(page, 'staff')
		assert.equal((await shop.guest.post('/admin/invitations/open', { body: { token: tokenOf(link) } })).status, 200)
		await row.getByRole('button', { name: `Отозвать приглашение: ${email}` }).click()
		await page.getByText('Открытых приглашений нет.').waitFor()
		assert.equal((await shop.guest.post('/admin/invitations/open', { body: { token: tokenOf(link) } })).status, 404)
	})

	test('get another role, are shut out and let in again, and renew their credentials by a link', async () => {
		const anna = await join('viewer')
		const page = await openDesk(browser, shop, owner, { path: '/staff' })
		const row = page.getByRole('table', { name: 'Сотрудники' }).getByRole('row', { name: anna.email })
		await row.getByRole('button', { name: `Изменить роль: ${anna.email}` }).click()
		const save = dialogOn(page).getByRole('button', { name: 'Сохранить' })
		assert.equal(await save.getAttribute('aria-disabled'), 'true')
		await dialogOn(page).getByLabel('Роль').selectOption('Оператор')
		await assertAccessible(page)
		await takePictures(page, 'staff-role')
		await save.click()
		await closed(page)
		await row.getByText('Оператор').waitFor()
		assert.equal((await anna.client.get('/admin/me')).status, 401)

		await row.getByRole('button', { name: `Отключить: ${anna.email}` }).click()
		await assertAccessible(page)
		await takePictures(page, 'staff-deactivate')
		await dialogOn(page).getByRole('button', { name: 'Отключить' }).click()
		await closed(page)
		await row.getByText('Отключён').waitFor()
		const reset = row.getByRole('button', { name: `Новый пароль и код: ${anna.email}` })
		assert.equal(await reset.getAttribute('aria-disabled'), 'true')
		await assertAccessible(page)
		await row.getByRole('button', { name: `Включить: ${anna.email}` }).click()
		await row.getByText('Отключён').waitFor({ state: 'hidden' })

		await reset.click()
		await dialogOn(page).getByRole('button', { name: 'Создать ссылку' }).click()
		await dialogOn(page).getByLabel('Ссылка').waitFor()
		const link = await secretIn(page)
		await dialogOn(page).getByRole('button', { name: 'Готово' }).click()
		await closed(page)
		await row.getByText('Есть ссылка для нового пароля').waitFor()

		const theirs = await openPage(browser, { locale: 'ru-RU', viewport: { width: 1280, height: 800 } })
		await theirs.goto(link)
		await theirs.getByRole('heading', { name: 'Новый пароль и код' }).waitFor()
		await assertAccessible(theirs)
		await takePictures(theirs, 'staff-renew')
		const secret = (await theirs.locator('code').textContent()) ?? ''
		await theirs.getByLabel('Придумайте пароль').fill('quite another horse')
		await theirs.getByLabel('Код из приложения').fill(totpOf(`otpauth://totp/x?secret=${secret}`))
		await theirs.getByRole('button', { name: 'Сохранить и войти' }).click()
		await theirs.getByRole('heading', { name: 'Коды восстановления' }).waitFor()
	})

	test('keep their last owner, and say why', async () => {
		const page = await openDesk(browser, shop, owner, { path: '/staff', locale: 'en-GB' })
		const row = page.getByRole('table', { name: 'Staff' }).getByRole('row', { name: owner.email })
		await row.getByRole('button', { name: `Deactivate: ${owner.email}` }).click()
		await dialogOn(page).getByRole('button', { name: 'Deactivate' }).click()
		await dialogOn(page).getByText('This is the last owner').waitFor()
		await assertAccessible(page)
		await takePictures(page, 'staff-last-owner-en')
	})

	test('are managed by owners only', async () => {
		const manager = await signInStaff(shop, 'manager')
		for (const path of ['/staff', '/keys']) {
			const page = await openDesk(browser, shop, manager, { path })
			await page.getByRole('heading', { name: 'Недостаточно прав' }).waitFor()
			await assertAccessible(page)
			await page.context().close()
		}
	})
})

suite('The keys of services at the desk', () => {
	test('are made, shown once, copied and revoked, by keyboard', async () => {
		const page = await openDesk(browser, shop, owner, { path: '/keys' })
		await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
		await page.getByRole('heading', { name: 'Ключей пока нет' }).waitFor()
		await assertAccessible(page)
		await takePictures(page, 'keys-empty')
		await page.getByRole('button', { name: 'Создать ключ' }).focus()
		await page.keyboard.press('Enter')
		const dialog = dialogOn(page)
		await page.keyboard.type('accounting')
		const make = dialog.getByRole('button', { name: 'Создать', exact: true })
		assert.equal(await make.getAttribute('aria-disabled'), 'true')
		await page.keyboard.press('Tab')
		await page.keyboard.press('Space')
		await assertAccessible(page)
		await takePictures(page, 'keys-create')
		await dialog.getByLabel('Сервис').press('Enter')
		await dialog.getByLabel('Ключ', { exact: true }).waitFor()
		const key = await secretIn(page)
		assert.match(key, /^prk_/)
		await assertAccessible(page)
		await takePictures(page, 'keys-made')
		await dialog.getByRole('button', { name: 'Копировать' }).click()
		await dialog.getByText('Скопировано').waitFor()
		assert.equal(await page.evaluate('navigator.clipboard.readText()'), key)
		await page.keyboard.press('Escape')
		await closed(page)
		const row = page.getByRole('row', { name: 'accounting' })
		await row.getByText('Действует').waitFor()
		assert.equal((await shop.guest.as(key).get('/reports/00000000-0000-7000-8000-000000000000')).status, 404)
		await row.getByRole('button', { name: /Отозвать ключ accounting/ }).click()
		await assertAccessible(page)
		await dialog.getByRole('button', { name: 'Отозвать' }).click()
		await closed(page)
		await row.getByText('Отозван', { exact: true }).waitFor()
		await assertAccessible(page)
		await takePictures(page, 'keys')
		assert.equal((await shop.guest.as(key).get('/reports/00000000-0000-7000-8000-000000000000')).status, 401)
		assert.ok(!(await page.content()).includes(key))
	})
})

suite('One’s own account', () => {
	test('shows where one is signed in, ends a session elsewhere, and changes the password', async () => {
		const anna = await join('viewer')
		const elsewhere = (
			await shop.guest.post('/admin/sessions', {
				body: { email: anna.email, password: 'correct horse battery staple', totp: anna.codes[0] },
				headers: { 'user-agent': 'Old laptop' },
			})
		).body.token
		const page = await openDesk(browser, shop, { ...anna.client, ...anna, totpUri: anna.uri }, { path: '/account' })
		await page.getByText('Old laptop').waitFor()
		await assertAccessible(page)
		await takePictures(page, 'account')
		const own = page.getByRole('row', { name: 'этот' }).getByRole('button', { name: 'Завершить' })
		assert.equal(await own.getAttribute('aria-disabled'), 'true')
		await page.getByRole('button', { name: 'Завершить сеанс: Old laptop' }).click()
		await page.getByText('Old laptop').waitFor({ state: 'hidden' })
		assert.equal((await shop.guest.as(elsewhere).get('/admin/me')).status, 401)

		await page.getByLabel('Нынешний пароль').fill('wrong password')
		await page.getByLabel('Новый пароль').fill('quite another horse')
		await page.getByLabel('Код из приложения').fill(nextTotp(anna.uri))
		await page.getByRole('button', { name: 'Сменить пароль' }).click()
		await page.getByRole('alert').waitFor()
		await assertAccessible(page)
		await takePictures(page, 'account-wrong')
		await page.getByLabel('Нынешний пароль').fill('correct horse battery staple')
		await page.getByRole('button', { name: 'Сменить пароль' }).click()
		await page.getByText('Пароль изменён').waitFor()
		assert.equal(await page.getByLabel('Нынешний пароль').inputValue(), '')
	})
})
