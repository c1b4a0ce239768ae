import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { before, suite, test } from 'node:test'
import { parseCsv } from '../support/csv.ts'
import { assertAccessible, dialogOn, takePictures } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { numbersOf, type OrderListGround, rowOf, rows, startOrderList, TEA_POT } from '../support/order-list.ts'
import { type Person, placeOrder, registerPerson } from '../support/people.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'

let ground: OrderListGround
let operator: StaffMember
let anna: Person
before(async () => {
	ground = await startOrderList()
	;({ operator, anna } = ground)
})

suite('The list of orders', () => {
	test('finds an order by its number, and all orders of a phone as people write it', async () => {
		const order = await ground.place()
		const desk = await ground.open()
		await rows(desk).first().waitFor()
		await takePictures(desk, 'orders', false)
		await assertAccessible(desk)
		await desk.getByRole('searchbox', { name: 'Номер, телефон или имя' }).fill(String(order.number))
		await eventually(async () => assert.deepEqual(await numbersOf(desk), [order.number]))
		assert.match(desk.url(), new RegExp(`number=${order.number}`))
		const written = anna.phone.replace(/^\+7(\d{3})(\d{3})(\d\d)(\d\d)$/, '8 ($1) $2-$3-$4')
		await desk.getByRole('searchbox').fill(written)
		await eventually(async () => assert.deepEqual(await numbersOf(desk), [order.number]))
		await eventually(async () => assert.match(desk.url(), /phone=/))
		await desk.getByRole('searchbox').fill('константинополь')
		await eventually(async () => assert.match(desk.url(), /name=/))
		await rowOf(desk, order.number).waitFor()
		await desk.getByRole('searchbox').fill('никогосним')
		await desk.getByRole('heading', { name: 'Под фильтры ничего не подходит' }).waitFor()
		await assertAccessible(desk)
		await takePictures(desk, 'orders-none', false)
		await desk.getByRole('button', { name: 'Сбросить' }).last().click()
		await eventually(async () => assert.ok((await numbersOf(desk)).length > 10))
	})

	test('by a name that more than a hundred customers have says that it is not all, and offers no file', async () => {
		const { shop } = ground
		await shop.sql`
			insert into customers (name, phone, email, locale, consent_version)
			select 'Зинаида Общая', 'zinaida ' || n, 'z@example.com', 'ru', '1' from generate_series(1, 100) as n`
		const { number } = await placeOrder(await registerPerson(shop, { name: 'Зинаида Новая' }), { [TEA_POT]: 1 })
		const desk = await ground.open(operator, { path: '/orders?name=зинаида' })
		await rowOf(desk, number).waitFor()
		await desk.getByText('Так зовут больше ста покупателей').waitFor()
		await assertAccessible(desk)
		await takePictures(desk, 'orders-name-too-common', false)
		assert.equal(await desk.getByRole('link', { name: 'Скачать CSV' }).count(), 0)
		await desk.getByRole('searchbox').fill('зинаида новая')
		await desk.getByRole('link', { name: 'Скачать CSV' }).waitFor()
	})

	test('is narrowed by status, delivery, days and sums, and the address says so', async () => {
		const desk = await ground.open()
		await rows(desk).first().waitFor()
		await desk.getByLabel('В сборке', { exact: true }).check({ force: true })
		await desk.getByLabel('Готов', { exact: true }).check({ force: true })
		await desk.getByLabel('Доставка').selectOption('Самовывоз')
		await desk.getByLabel('Сумма от').fill('5 000')
		await desk.getByLabel('Сумма от').press('Enter')
		await eventually(async () => {
			const { searchParams } = new URL(desk.url())
			assert.deepEqual(
				['status', 'method', 'total_min'].map((name) => searchParams.get(name)),
				['assembling,ready', 'pickup', '5000'],
			)
			const expected = await operator.get('/admin/orders?status=assembling,ready&method=pickup&total_min=5000&limit=100')
			assert.deepEqual(
				await numbersOf(desk),
				expected.body.data.slice(0, (await numbersOf(desk)).length).map(({ number }: { number: number }) => number),
			)
		})
		await desk.getByRole('button', { name: 'Сумма' }).click()
		await eventually(async () => assert.match(desk.url(), /sort=-total/))
		const shared = await ground.open(await signInStaff(ground.shop, 'viewer'), { path: `/orders${new URL(desk.url()).search}` })
		await eventually(async () => assert.deepEqual(await numbersOf(shared), await numbersOf(desk)))
		assert.ok(await shared.getByLabel('В сборке', { exact: true }).isChecked())
		await takePictures(shared, 'orders-filtered', false)
	})

	test('is as it was when the person comes back from an order', async () => {
		const desk = await ground.open(operator, { path: '/orders?status=paid&sort=oldest' })
		await rows(desk).first().getByRole('link').click()
		await desk.getByRole('link', { name: 'Все заказы' }).click()
		await rows(desk).first().waitFor()
		assert.equal(new URL(desk.url()).search, '?status=paid&sort=oldest')
	})

	test('says that it loads where that takes long, in its place among the sections, and why it could not', async () => {
		const desk = await ground.open()
		await rows(desk).first().waitFor()
		const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
		await desk.route('**/v1/admin/orders?*', async (route) => {
			await answered
			await route.fulfill({ status: 503, json: { code: 'unavailable', title: 'Сервис занят', status: 503 } })
		})
		await desk.reload({ waitUntil: 'commit' })
		await desk.getByRole('main').getByRole('status').filter({ hasText: 'Загрузка' }).waitFor()
		assert.ok(await desk.getByRole('link', { name: 'Товары' }).isVisible())
		answer()
		await desk.getByRole('alert').getByText('Сервис занят').waitFor()
		await desk.unroute('**/v1/admin/orders?*')
		await desk.getByRole('button', { name: 'Повторить' }).click()
		await rows(desk).first().waitFor()
	})

	test('shows the columns that the person chose, also the next time', async () => {
		const member = await signInStaff(ground.shop, 'viewer')
		const desk = await ground.open(member)
		await desk.getByRole('button', { name: 'Столбцы' }).click()
		await desk.getByRole('checkbox', { name: 'Телефон' }).uncheck()
		await desk.getByRole('checkbox', { name: 'Отслеживание' }).check()
		await assertAccessible(desk)
		await takePictures(desk, 'orders-columns', false)
		await desk.getByRole('button', { name: 'Готово' }).click()
		const heads = () => desk.getByRole('table', { name: 'Заказы' }).getByRole('columnheader').allTextContents()
		const expected = ['Номер', 'Статус', 'Покупатель', 'Сумма', 'Доставка', 'Отслеживание', 'Оформлен']
		const shown = async () => (await heads()).slice(1)
		await eventually(async () => assert.deepEqual(await shown(), expected))
		await desk.reload()
		await eventually(async () => assert.deepEqual(await shown(), expected))
	})
})

suite('Views of the orders', () => {
	test('are kept under a name, opened by their link, renamed, replaced and deleted', async () => {
		const member = await signInStaff(ground.shop, 'viewer')
		const desk = await ground.open(member)
		const save = async (name: string, button = 'Сохранить') => {
			await desk.getByRole('button', { name: 'Сохранить вид' }).click()
			await desk.getByLabel('Название').fill(name)
			await dialogOn(desk).getByRole('button', { name: button, exact: true }).click()
			await dialogOn(desk).waitFor({ state: 'hidden' })
		}
		await desk.getByLabel('Готов', { exact: true }).check({ force: true })
		await desk.getByLabel('Доставка').selectOption('Самовывоз')
		await eventually(async () => assert.match(desk.url(), /method=pickup/))
		await save('К выдаче')
		const views = desk.getByRole('navigation', { name: 'Виды' })
		const current = async () => views.locator('[aria-current="page"]').allTextContents()
		await eventually(async () => assert.deepEqual(await current(), ['К выдаче']))
		await takePictures(desk, 'orders-views', false)
		await views.getByRole('link', { name: 'Все' }).click()
		await eventually(async () => assert.deepEqual(await current(), ['Все']))
		const link = await views.getByRole('link', { name: 'К выдаче' }).getAttribute('href')
		const other = await ground.open(member, { path: (link ?? '').replace('/admin', '') })
		await eventually(async () => {
			assert.deepEqual(await other.getByRole('navigation', { name: 'Виды' }).locator('[aria-current="page"]').allTextContents(), [
				'К выдаче',
			])
			assert.ok(await other.getByLabel('Готов', { exact: true }).isChecked())
		})
		await desk.getByLabel('Отменён', { exact: true }).check({ force: true })
		await save('к выдаче', 'Заменить')
		const { body } = await member.get('/admin/orders/views')
		assert.deepEqual(
			body.data.map(({ name, query }: { name: string; query: object }) => [name, query]),
			[['к выдаче', { status: 'cancelled' }]],
		)
		await desk.getByRole('button', { name: 'Изменить виды' }).click()
		await assertAccessible(desk)
		await takePictures(desk, 'orders-edit-views', false)
		await desk.getByLabel('Переименовать вид «к выдаче»').fill('Отменённые')
		await desk.getByRole('button', { name: 'Переименовать', exact: true }).click()
		await desk.getByRole('button', { name: 'Удалить вид «Отменённые»' }).click()
		await desk.getByText('Сохранённых видов пока нет').waitFor()
		assert.deepEqual((await member.get('/admin/orders/views')).body.data, [])
	})
})

test('What is filtered is downloaded as CSV', async () => {
	const order = await ground.place()
	const desk = await ground.open(operator, { path: `/orders?status=paid&name=${encodeURIComponent('Константинополь')}` })
	await rowOf(desk, order.number).waitFor()
	const [download] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('link', { name: 'Скачать CSV' }).click()])
	assert.match(download.suggestedFilename(), /^orders-\d{4}-\d\d-\d\d\.csv$/)
	const [header = [], ...lines] = parseCsv(await readFile(await download.path(), 'utf8'), ';')
	assert.deepEqual(header.slice(0, 2), ['Номер', 'Статус'])
	assert.deepEqual(new Set(lines.map((line) => line[4])), new Set([anna.name]))
	assert.ok(lines.some(([number]) => number === String(order.number)))
})

test('By keyboard alone an order is found, selected, opened, and the keys are told', async () => {
	const orders = [await ground.place(), await ground.place(), await ground.place()].toReversed()
	const desk = await ground.open()
	await rowOf(desk, orders[0].number).waitFor()
	await desk.keyboard.press('?')
	for (const label of ['Искать', 'Следующий заказ', 'Выбрать или снять выбор'])
		await desk.getByRole('dialog').getByText(label).waitFor()
	await takePictures(desk, 'orders-keys', false)
	await desk.keyboard.press('Escape')
	await desk.keyboard.press('/')
	await desk.keyboard.type('Константинополь')
	await eventually(async () => assert.match(desk.url(), /name=/))
	await rowOf(desk, orders[0].number).waitFor()
	await desk.keyboard.press('Escape')
	const focused = () => desk.evaluate('document.activeElement.textContent')
	for (const key of ['j', 'j', 'j', 'k']) await desk.keyboard.press(key)
	await eventually(async () => assert.equal(await focused(), String(orders[1].number)))
	await desk.keyboard.press('x')
	await desk.getByText('Выбрано: 1').waitFor()
	assert.ok(await rowOf(desk, orders[1].number).getByRole('checkbox').isChecked())
	await desk.keyboard.press('Enter')
	await eventually(async () => assert.match(desk.url(), new RegExp(`/orders/${orders[1].id}$`)))
})
