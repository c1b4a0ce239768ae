import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { startBrowser } from '../support/browser.ts'
import { assertAccessible, type Desk, openDesk, takePictures } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { letterDesk } from '../support/letters.ts'
import { productMessage } from '../support/people.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'

let shop: TestShop
let browser: Browser
let operator: StaffMember
before(async () => {
	;[shop, browser] = await Promise.all([startTestShop(), startBrowser()])
	operator = await signInStaff(shop, 'operator')
})

const unknownOrder = () => {
	const order_id = randomUUID()
	return { key: order_id, value: { event_id: randomUUID(), order_id, status: 'assembling' } }
}
const lettersAre = (count: number) => eventually(async () => assert.equal((await letterDesk(operator).list('')).length, count))
const rowsOf = (page: Desk) => page.getByRole('table', { name: 'Непринятые сообщения' }).getByRole('row')

suite('Dead letters at the desk', () => {
	test('are none as long as all is well, and come by themselves', async () => {
		const page = await openDesk(browser, shop, operator, { path: '/dead-letters' })
		await page.getByRole('heading', { name: 'Ничего не ждёт решения' }).waitFor()
		await page.getByText('Обновляется само').first().waitFor()
		await assertAccessible(page)
		await takePictures(page, 'letters-none')
		await shop.topics.publish('products', { key: '7', value: 'это не товар', headers: { 'x-sender': 'склад' } })
		await page.getByRole('button', { name: 'Показать новые (1)' }).click()
		await page.getByRole('link', { name: /Неверная структура/ }).waitFor()
		await page.getByRole('link', { name: '№ 1', exact: true }).waitFor()
	})

	test('are found by topic, reason and state, which stand in the address, and by their counts', async () => {
		for (let count = 0; count < 3; count++) await shop.topics.publish('orderStatus', unknownOrder())
		await shop.topics.publish('products', { key: '8', value: Buffer.from('{"id": 8, "name": "вело') })
		await shop.topics.publish('products', { key: '9', value: Buffer.alloc(40, 0xd0) })
		await lettersAre(6)
		const page = await openDesk(browser, shop, operator, { path: '/dead-letters' })
		await page.getByRole('link', { name: /3 Нет такого заказа/ }).click()
		await eventually(async () => assert.equal(await rowsOf(page).count(), 4))
		assert.match(page.url(), /topic=inventory\.order-status\.v1&reason=unknown_order/)
		await page.reload()
		await eventually(async () => assert.equal(await rowsOf(page).count(), 4))
		await page.getByLabel('Причина').selectOption('Любая причина')
		await page.getByLabel('Топик').selectOption('Любой топик')
		await eventually(async () => assert.equal(await rowsOf(page).count(), 7))
		await assertAccessible(page)
		await takePictures(page, 'letters')
		await page.getByLabel('Состояние', { exact: true }).selectOption('Отброшено')
		await page.getByRole('heading', { name: 'Ничего не нашлось' }).waitFor()
		await page.getByRole('button', { name: 'Сбросить отбор' }).click()
		await eventually(async () => assert.equal(await rowsOf(page).count(), 7))
	})

	test('are replayed many at once, with what became of each, also where a colleague was faster', async () => {
		const page = await openDesk(browser, shop, operator, { path: '/dead-letters?reason=unknown_order' })
		await page.getByLabel('Выбрать все на странице').check()
		await page.getByText('Выбрано: 3 сообщения').waitFor()
		await assertAccessible(page)
		await takePictures(page, 'letters-selected')
		const [newest] = await letterDesk(operator).list('reason=unknown_order')
		await letterDesk(await signInStaff(shop, 'manager')).decide('drop', newest.id)
		await page.getByRole('button', { name: 'Отправить снова' }).click()
		await page.getByRole('dialog', { name: 'Отправить снова 3 сообщения?' }).waitFor()
		await assertAccessible(page)
		await page.getByRole('dialog').getByRole('button', { name: 'Отправить снова' }).click()
		const results = page.getByRole('dialog', { name: 'Что получилось' })
		await results.waitFor()
		assert.equal(await results.getByText('Отправлено снова').count(), 2)
		assert.equal(await results.getByText('Решено раньше, возможно, коллегой').count(), 1)
		await assertAccessible(page)
		await takePictures(page, 'letters-results')
		await results.getByRole('button', { name: 'Готово' }).click()
		// They come to nothing again, and are new letters that point at the ones before.
		await eventually(async () => {
			const again = await letterDesk(operator).list('reason=unknown_order&state=open')
			assert.deepEqual(
				again.map(({ attempts }) => attempts),
				[2, 2],
			)
		})
	})

	test('show their bytes, headers and story, and are replayed when the cause is gone', async () => {
		await shop.sql`alter table products add constraint no_fault check (name <> 'проклятый')`
		const headers = { 'x-sender': 'склад № 1', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00` }
		await shop.topics.publish('products', { key: '13', value: productMessage({ id: 13, name: 'проклятый' }), headers })
		const letter = await eventually(async () => {
			const [found] = await letterDesk(operator).list('reason=failed')
			assert.ok(found)
			return found
		})
		await shop.sql`alter table products drop constraint no_fault`
		const page = await openDesk(browser, shop, operator, { path: `/dead-letters/${letter.id}` })
		await page.getByRole('heading', { name: `Непринятое сообщение № ${letter.id}` }).waitFor()
		await page.getByText('"name": "проклятый"').waitFor()
		await page.getByText('склад № 1').waitFor()
		await assertAccessible(page)
		await takePictures(page, 'letter')
		await page.getByRole('button', { name: 'Байты' }).click()
		await page.getByText('00000000  7b 22 6e 61 6d 65').waitFor()
		assert.match(page.url(), /view=hex/)
		await assertAccessible(page)
		await takePictures(page, 'letter-hex')
		const downloading = page.waitForEvent('download')
		await page.getByRole('button', { name: 'Скачать' }).click()
		assert.equal((await downloading).suggestedFilename(), `inventory.products.v1-${letter.id}.bin`)
		await page.getByRole('button', { name: 'Отправить снова' }).click()
		await page.getByRole('dialog').getByRole('button', { name: 'Отправить снова' }).click()
		await page.getByRole('dialog').getByRole('button', { name: 'Готово' }).click()
		await page.getByText(`${operator.email}, `).waitFor()
		await eventually(async () => assert.equal((await shop.guest.get('/products/13')).status, 200))
		const again = page.getByRole('button', { name: 'Отправить снова' })
		assert.equal(await again.getAttribute('aria-disabled'), 'true')
		await again.hover()
		await page.getByText('Решение уже принято').last().waitFor()
	})

	test('lead from a replay to the letter that it has become, and back', async () => {
		const [again] = await letterDesk(operator).list('reason=unknown_order&state=open')
		const page = await openDesk(browser, shop, operator, { path: `/dead-letters/${again.replay_of}`, locale: 'en-GB' })
		await page.getByRole('link', { name: `No. ${again.id}` }).click()
		await page.getByRole('heading', { name: `Dead letter no. ${again.id}` }).waitFor()
		await page.getByRole('link', { name: `No. ${again.replay_of}` }).waitFor()
		await assertAccessible(page)
		await takePictures(page, 'letter-en')
	})

	test('that are no text, or kept by their beginning only, say so', async () => {
		const [binary] = await letterDesk(operator).list('reason=malformed_json')
		const page = await openDesk(browser, shop, operator, { path: `/dead-letters/${binary.id}` })
		await page.getByText('00000000  d0 d0').waitFor()
		assert.equal(await page.getByRole('button', { name: 'Текст' }).getAttribute('aria-disabled'), 'true')
		await shop.topics.publish('products', { key: 'large', value: Buffer.from('ж'.repeat(1_000_000)) })
		const large = await eventually(async () => {
			const [found] = await letterDesk(operator).list('reason=body_too_large')
			assert.ok(found)
			return found
		})
		await page.goto(`${shop.service.publicUrl}/admin/dead-letters/${large.id}`)
		await page.getByText('Сохранено только начало: 64 кБ из 1,9 МБ.').waitFor()
		assert.equal(await page.getByRole('button', { name: 'Отправить снова' }).getAttribute('aria-disabled'), 'true')
		await assertAccessible(page)
		await page.goto(`${shop.service.publicUrl}/admin/dead-letters/999999`)
		await page.getByRole('heading', { name: 'Не найдено' }).waitFor()
	})

	test('are not for viewers', async () => {
		const page = await openDesk(browser, shop, await signInStaff(shop, 'viewer'), { path: '/dead-letters' })
		await page.getByRole('heading', { name: 'Недостаточно прав' }).waitFor()
		await assertAccessible(page)
	})
})
