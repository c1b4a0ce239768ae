import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { startBrowser } from '../support/browser.ts'
import { assertAccessible, openDesk, takePictures } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'

let shop: TestShop
let browser: Browser
let viewer: StaffMember
before(async () => {
	;[shop, browser] = await Promise.all([startTestShop(), startBrowser()])
	viewer = await signInStaff(shop, 'viewer')
	const measurements = { weight: 12_000, height: 1_000, width: 500, length: 1_800 }
	const bike = { id: 10, name: 'Велосипед горный складной', description: 'Для леса и города', cost: 45_500, tax: 7_583 }
	await shop.topics.publish('products', { key: '10', value: { ...bike, version: 3, measurements, available: 7 } })
	const long = `Кресло-трансформер ${'высококачественное'.repeat(4)}`
	await shop.topics.publish('products', {
		key: '11',
		value: { id: 11, name: long, description: '', cost: 9_900, tax: 0, version: 1 },
	})
	const script = '<script>document.title = "!"</script>'
	await shop.topics.publish('products', {
		key: '12',
		value: { id: 12, name: script, description: script, cost: 1, tax: 0, version: 1 },
	})
	for (let id = 100; id < 160; id++) {
		const value = { id, name: `Лампа настольная ${id}`, description: '', cost: id, tax: 0, version: 1, available: id }
		await shop.topics.publish('products', { key: String(id), value })
	}
	await shop.topics.publish('products', { key: '11', value: null })
	await eventually(async () => {
		assert.equal((await shop.guest.get('/products/159')).status, 200)
		assert.equal((await shop.guest.get('/products/11')).status, 404)
	})
})

suite('The products at the desk', () => {
	test('are found, narrowed and sorted, and what was asked for stands in the address', async () => {
		const page = await openDesk(browser, shop, viewer, { path: '/products' })
		await page.getByRole('row', { name: 'Лампа настольная 159' }).waitFor()
		await assertAccessible(page)
		await takePictures(page, 'products')
		assert.equal(await page.getByRole('row').count(), 51)
		await page.getByRole('button', { name: 'Показать ещё' }).click()
		await page.getByRole('row', { name: 'Велосипед горный складной' }).waitFor()
		await page.keyboard.press('/')
		await page.keyboard.type('велосипет')
		await page.keyboard.press('Enter')
		await page.getByRole('link', { name: 'Велосипед горный складной' }).waitFor()
		await page.getByRole('link', { name: 'Лампа настольная 159' }).waitFor({ state: 'hidden' })
		assert.match(decodeURIComponent(page.url()), /search=велосипет/)
		await page.getByLabel('Название или описание').fill('')
		await page.keyboard.press('Enter')
		await page.getByLabel('Продаётся').selectOption('Снятые')
		await page.getByRole('row', { name: /Кресло-трансформер/ }).waitFor()
		await page.getByRole('link', { name: 'Лампа настольная 159' }).waitFor({ state: 'hidden' })
		assert.equal(await page.getByRole('row').count(), 2)
		await assertAccessible(page)
		await takePictures(page, 'products-withdrawn')
		await page.reload()
		await page.getByRole('row', { name: /Кресло-трансформер/ }).waitFor()
		assert.equal(await page.getByLabel('Продаётся').inputValue(), 'withdrawn')
		await page.getByLabel('Название или описание').fill('чайник')
		await page.getByRole('button', { name: 'Найти' }).click()
		await page.getByRole('heading', { name: 'Ничего не нашлось' }).waitFor()
		await assertAccessible(page)
		await takePictures(page, 'products-none')
		await page.getByRole('button', { name: 'Показать все' }).click()
		await page.getByRole('row', { name: 'Лампа настольная 159' }).waitFor()
		await page.getByLabel('Порядок').selectOption('Сначала дорогие')
		const first = page.getByRole('row').nth(1)
		await first.getByText('Велосипед горный складной').waitFor()
	})

	test('tell of each the last message, its version and what is left, in either language', async () => {
		const page = await openDesk(browser, shop, viewer, { path: '/products/10', locale: 'en-GB' })
		await page.getByRole('heading', { name: 'Велосипед горный складной', level: 1 }).waitFor()
		const message = page.getByRole('region', { name: 'Last message' })
		for (const text of ['45,500', '7,583', '12,000 g', '1,000 × 500 × 1,800 mm', 'Для леса и города']) {
			await message.getByText(text).waitFor()
		}
		await page.getByRole('region', { name: 'Now' }).getByText('On sale').waitFor()
		await assertAccessible(page)
		await takePictures(page, 'product-en')
		await page.goto(`${shop.service.publicUrl}/admin/products/11`)
		await page.getByText('Withdrawn', { exact: true }).first().waitFor()
		await assertAccessible(page)
		await takePictures(page, 'product-withdrawn-en')
		await page.getByRole('link', { name: 'All products' }).click()
		await page.getByRole('heading', { name: 'Products' }).waitFor()
		for (const path of ['/products/999', '/products/x']) {
			await page.goto(`${shop.service.publicUrl}/admin${path}`)
			await page.getByRole('heading', { name: /Not found|no such page/ }).waitFor()
		}
	})

	test('show a name that is a script as the text that it is', async () => {
		const page = await openDesk(browser, shop, viewer, { path: '/products/12' })
		await page.getByRole('heading', { name: '<script>' }).waitFor()
		assert.match(await page.title(), /^<script>/)
	})
})
