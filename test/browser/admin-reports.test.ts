import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { startBrowser } from '../support/browser.ts'
import { assertAccessible, openDesk, takePictures } from '../support/desk.ts'
import { recordSales } from '../support/sales.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { serviceWithKey, signInStaff, type StaffMember } from '../support/staff.ts'

/** Without a worker: how far a report is, the tests say. */
let shop: TestShop
let browser: Browser
let manager: StaffMember
before(async () => {
	;[shop, browser] = await Promise.all([startTestShop({ ROLE: 'api' }), startBrowser()])
	manager = await signInStaff(shop, 'manager')
})

suite('The reports at the desk', () => {
	test('are none at first, then asked for with a period, watched live, and cancelled', async () => {
		const page = await openDesk(browser, shop, manager, { path: '/reports' })
		await page.getByText('Обновляется само').first().waitFor()
		await page.getByRole('heading', { name: 'Отчётов пока нет' }).waitFor()
		await assertAccessible(page)
		await takePictures(page, 'reports-empty')
		await page.getByRole('button', { name: 'Запросить отчёт' }).click()
		const dialog = page.getByRole('dialog', { name: 'Запросить отчёт' })
		await dialog.getByLabel('С какого дня').fill('2026-11-23')
		await dialog.getByLabel('По какой день').fill('2026-11-20')
		await dialog.getByText('Последний день раньше первого').first().waitFor()
		await assertAccessible(page)
		await takePictures(page, 'reports-request')
		await dialog.getByLabel('По какой день').fill('2026-11-24')
		await dialog.getByRole('button', { name: 'Запросить' }).click()
		const row = page.getByRole('row', { name: 'Отчёт № 1' })
		await row.getByText('Ждёт').waitFor()
		await row.getByText(manager.email).waitFor()
		const [report] = await shop.sql<{ id: string; period_from: Date; period_to: Date }[]>`select * from reports`
		const dayMs = 24 * 3_600_000
		assert.equal(Number(report?.period_to) - Number(report?.period_from), 2 * dayMs)

		await shop.sql`update reports set status = 'running', attempt = 1, taken_at = now() - interval '10 seconds' where number = 1`
		await row.getByText('Готовится').waitFor()
		await shop.sql`update reports set lines = 1200, lines_estimate = 4800 where number = 1`
		await row.getByText(/1\s200 из примерно 4\s800/).waitFor()
		const bar = row.getByRole('progressbar', { name: 'Готовность отчёта № 1' })
		assert.equal(await bar.getAttribute('value'), '1200')
		const reporter = await serviceWithKey(shop, 'reports')
		await reporter.post('/reports')
		await page.getByRole('row', { name: 'Отчёт № 2' }).getByText('Сервис service-').waitFor()
		await assertAccessible(page)
		await takePictures(page, 'reports-running')
		await row.getByRole('button', { name: 'Отменить отчёт № 1' }).click()
		await row.getByText('Отменён').waitFor()
		await page.getByText('Отчёт № 1 отменён').waitFor()
	})

	test('are downloaded, whole, when they are completed', async () => {
		const working = await startTestShop()
		await recordSales(working.sql, [{ lines: [{ name: 'велосипед_10' }, { name: 'насос' }] }])
		const member = await signInStaff(working, 'manager')
		const page = await openDesk(browser, working, member, { path: '/reports', locale: 'en-GB' })
		await page.getByRole('button', { name: 'Ask for a report' }).click()
		await page.getByRole('dialog').getByRole('button', { name: 'Ask for it' }).click()
		const row = page.getByRole('row', { name: 'Report no. 1' })
		await row.getByText('Completed').waitFor()
		await row.getByText('2 lines').waitFor()
		await row.getByText('all time').waitFor()
		await assertAccessible(page)
		await takePictures(page, 'reports-completed-en')
		const downloading = page.waitForEvent('download')
		await row.getByRole('link', { name: 'Download report no. 1' }).click()
		const download = await downloading
		assert.equal(download.suggestedFilename(), 'report-1.jsonl')
		const bytes = await readFile(await download.path())
		const [report] = await working.sql<{ sha256: string }[]>`select sha256 from reports`
		assert.equal(createHash('sha256').update(bytes).digest('hex'), report?.sha256)
	})

	test('are not for an operator, who is told so', async () => {
		const page = await openDesk(browser, shop, await signInStaff(shop, 'operator'), { path: '/reports' })
		await page.getByRole('heading', { name: 'Недостаточно прав' }).waitFor()
		const ask = page.getByRole('button', { name: 'Запросить отчёт' })
		assert.equal(await ask.getAttribute('aria-disabled'), 'true')
		await ask.hover()
		await page.getByText('Нужна роль «Менеджер» или выше').and(page.locator(':visible')).waitFor()
		await page.mouse.move(0, 0)
		await assertAccessible(page)
		await takePictures(page, 'reports-no-right')
	})
})
