import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openPage, startBrowser } from '../support/browser.ts'
import { assertAccessible, openDesk, takePictures } from '../support/desk.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { inviteByCommand, signInStaff, totpOf } from '../support/staff.ts'

let shop: TestShop
let browser: Browser
let admin: string
before(async () => {
	;[shop, browser] = await Promise.all([startTestShop(), startBrowser()])
	admin = `${shop.service.publicUrl}/admin`
})

/** A page that has only been there for seconds does not load itself anew: it would be the same one. */
const UPDATED_AFTER_MS = 10_500
const PASSWORD = 'a long and lovely password'

suite('The admin panel', () => {
	test('lets an invited person in: password, authenticator app, recovery codes; and later by signing in, to where their link leads', async () => {
		const email = `vera-${randomUUID().slice(0, 8)}@example.com`
		const token = await inviteByCommand(shop.sql, { email, role: 'operator' })
		const page = await openPage(browser, { locale: 'ru-RU' })
		const asked: string[] = []
		page.on('request', (request) => void asked.push(request.url()))
		await page.goto(`${admin}/invitation#token=${token}`)
		await page.getByText(`Учётная запись ${email}, роль «Оператор»`).waitFor()
		await assertAccessible(page)
		await takePictures(page, 'invitation')
		const secret = (await page.locator('code').textContent()) ?? ''
		await page.getByLabel('Придумайте пароль').fill('vera')
		await page.getByLabel('Код из приложения').fill('000000')
		await page.getByRole('button', { name: 'Принять приглашение' }).click()
		await page.getByRole('alert').first().waitFor()
		await page.getByLabel('Придумайте пароль').fill(PASSWORD)
		await page.getByLabel('Код из приложения').fill(totpOf(`otpauth://totp/x?secret=${secret}`))
		await page.getByRole('button', { name: 'Принять приглашение' }).click()
		await page.getByRole('heading', { name: 'Коды восстановления' }).waitFor()
		const codes = await page.getByRole('listitem').allTextContents()
		assert.equal(codes.length, 10)
		await assertAccessible(page)
		await takePictures(page, 'recovery-codes')
		await page.getByRole('button', { name: 'Начать работу' }).click()
		await page.getByRole('heading', { name: 'Сегодня', level: 1 }).waitFor()
		await page.getByRole('button', { name: 'Выйти' }).click()
		await page.getByLabel('Почта').waitFor()
		await page.goto(`${admin}/orders?status=paid&sort=oldest`)
		await page.getByLabel('Почта').fill(email)
		await page.getByLabel('Пароль').fill(PASSWORD)
		await page.getByLabel('Код из приложения').fill('no such code')
		await page.getByRole('button', { name: 'Войти' }).click()
		await page.getByRole('alert').waitFor()
		await assertAccessible(page)
		await takePictures(page, 'sign-in')
		// The last code would be refused: it was used for accepting. A recovery code stands in for the next.
		await page.getByLabel('Код из приложения').fill(codes[0] ?? '')
		await page.getByLabel('Код из приложения').press('Enter')
		await page.getByRole('heading', { name: 'Заказы', level: 1 }).waitFor()
		assert.equal(new URL(page.url()).search, '?status=paid&sort=oldest', 'the link that led to the sign-in')
		assert.deepEqual(
			asked.filter((url) => !url.startsWith(shop.service.publicUrl)),
			[],
			'another host was asked',
		)
	})

	test('asks whoever comes by a link to sign in first, also when their session has ended', async () => {
		const member = await signInStaff(shop, 'viewer')
		const page = await openPage(browser, { locale: 'en-GB' })
		await page.goto(`${admin}/orders?status=paid`)
		await page.getByRole('heading', { name: 'Staff sign-in' }).waitFor()
		assert.match(page.url(), /sign-in\?to=/)
		const desk = await openDesk(browser, shop, member, { path: '/users', locale: 'en-GB' })
		await desk.getByRole('heading', { name: 'Customers', level: 1 }).waitFor()
		await shop.sql`delete from staff_sessions where staff_id = ${member.id}`
		await desk.goto(`${admin}/products`)
		await desk.getByText('Sign in, and you are where you were going').waitFor()
	})

	test('shows each role its own sections', async () => {
		const all = ['Сегодня', 'Заказы', 'Покупатели', 'Товары']
		const expected = {
			viewer: all,
			operator: [...all, 'Непринятые сообщения'],
			manager: [...all, 'Отчёты', 'Непринятые сообщения', 'Журнал действий'],
			owner: [...all, 'Отчёты', 'Непринятые сообщения', 'Журнал действий', 'Сотрудники', 'Ключи сервисов'],
		} as const
		for (const role of ['viewer', 'operator', 'manager', 'owner'] as const) {
			const page = await openDesk(browser, shop, await signInStaff(shop, role))
			const sections = page.getByRole('navigation', { name: 'Разделы' }).getByRole('link')
			await sections.first().waitFor()
			assert.deepEqual(await sections.allTextContents(), expected[role])
			await page.context().close()
		}
	})

	test('goes anywhere by keyboard: the palette, the help, the language and the colours', async () => {
		const page = await openDesk(browser, shop, await signInStaff(shop, 'owner'))
		await page.getByText('Обновляется само').first().waitFor()
		await page.keyboard.press('?')
		await page.getByRole('dialog', { name: 'Клавиши' }).waitFor()
		await assertAccessible(page)
		await page.keyboard.press('Escape')
		await page.getByRole('dialog').waitFor({ state: 'hidden' })
		await page.keyboard.press('Control+K')
		await page.getByRole('combobox', { name: 'Раздел, номер заказа или телефон' }).waitFor()
		await assertAccessible(page)
		await takePictures(page, 'palette')
		await page.keyboard.type('товар')
		await page.keyboard.press('Enter')
		await page.getByRole('heading', { name: 'Товары', level: 1 }).waitFor()
		assert.equal(await page.evaluate('document.activeElement.id'), 'content', 'focus goes to the new screen')
		await page.getByLabel('Язык').selectOption('English')
		await page.getByRole('heading', { name: 'Products', level: 1 }).waitFor()
		assert.equal(await page.evaluate('document.documentElement.lang'), 'en')
		await page.getByLabel('Appearance').selectOption('Dark')
		await page.reload()
		await page.getByRole('heading', { name: 'Products', level: 1 }).waitFor()
		assert.equal(await page.evaluate('getComputedStyle(document.documentElement).colorScheme'), 'dark')
	})

	test('has a menu where the screen is narrow, and words for a page that is not there', async () => {
		const page = await openDesk(browser, shop, await signInStaff(shop, 'manager'), { viewport: { width: 320, height: 640 } })
		await page.getByRole('button', { name: 'Меню' }).click()
		await assertAccessible(page)
		await takePictures(page, 'menu')
		await page.getByRole('link', { name: 'Товары' }).click()
		await page.getByRole('heading', { name: 'Товары', level: 1 }).waitFor()
		await page.goto(`${admin}/no-such-page`)
		await page.getByRole('heading', { name: 'Такой страницы нет' }).waitFor()
		await assertAccessible(page)
	})

	test('loads itself anew when its pieces are gone after an update, and without a network stays as it is', async () => {
		const page = await openDesk(browser, shop, await signInStaff(shop, 'manager'), { provoked: /preload|dynamically imported/ })
		await page.getByRole('heading', { name: 'Сегодня', level: 1 }).waitFor()
		await page.evaluate('globalThis.stays = true')
		await page.waitForTimeout(UPDATED_AFTER_MS)
		await page.context().setOffline(true)
		await page.getByRole('link', { name: 'Товары' }).click()
		await page.getByRole('alert').waitFor()
		assert.equal(await page.evaluate('globalThis.stays'), true)
		await page.context().setOffline(false)
		await page.route('**/assets/reports-*.js', (route) => route.fulfill({ status: 404 }), { times: 1 })
		await page.getByRole('link', { name: 'Отчёты' }).click()
		await page.getByRole('heading', { name: 'Отчёты', level: 1 }).waitFor()
		assert.equal(await page.evaluate('globalThis.stays'), undefined)
	})

	test('is files that may be kept for ever under a page that is asked for each time, with a strict policy', async () => {
		const page = await fetch(`${admin}/orders`)
		const policy = page.headers.get('content-security-policy') ?? ''
		assert.match(policy, /default-src 'none'/)
		assert.doesNotMatch(policy, /unsafe-|https?:|\*/)
		assert.equal(page.headers.get('cache-control'), 'no-cache')
		const [, script = ''] = /src="(\/admin\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? []
		const file = await fetch(shop.service.publicUrl + script)
		assert.equal(file.headers.get('cache-control'), 'public, max-age=31536000, immutable')
		assert.equal((await fetch(`${admin}/orders`, { headers: { 'if-none-match': page.headers.get('etag') ?? '' } })).status, 304)
		assert.equal((await fetch(`${admin}/assets/none.js`)).status, 404)
		const plain = await fetch(shop.service.publicUrl + script, { headers: { 'accept-encoding': 'identity' } })
		assert.equal(plain.headers.get('content-encoding'), null)
		assert.equal(await plain.text(), await file.text())
	})
})
