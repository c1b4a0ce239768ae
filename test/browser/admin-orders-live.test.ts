import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { assertAccessible, takePictures } from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { longestTaskOf, numbersOf, type OrderListGround, rowOf, rows, startOrderList } from '../support/order-list.ts'
import { PICKUP } from '../support/people.ts'
import { moveOrder, signInStaff, type StaffMember } from '../support/staff.ts'

const LONG_TASK_MS = 50
const ROUNDS_MAX = 3

let ground: OrderListGround
let operator: StaffMember
before(async () => {
	ground = await startOrderList()
	;({ operator } = ground)
})

suite('While somebody reads the list', () => {
	test('a changed order changes where it stands, and a new one is told of without moving anything, until it is asked for', async () => {
		const seen = await ground.place()
		const desk = await ground.open(operator, { path: '/orders?method=courier' })
		await rowOf(desk, seen.number).waitFor()
		const box = await rowOf(desk, seen.number).boundingBox()
		const fresh = [await ground.place(), await ground.place()]
		await ground.place(PICKUP)
		await moveOrder(operator, seen.id, 'assembling')
		await desk.getByRole('button', { name: '2 новых заказа · Показать' }).waitFor()
		await rowOf(desk, seen.number).getByText('В сборке').waitFor()
		await rowOf(desk, seen.number).getByText('изменён').waitFor({ state: 'attached' })
		assert.deepEqual(await rowOf(desk, seen.number).boundingBox(), box)
		await assertAccessible(desk)
		await takePictures(desk, 'orders-news', false)
		await desk.keyboard.press('n')
		for (const { number } of fresh) {
			await rowOf(desk, number).getByText('новый').waitFor({ state: 'attached' })
		}
		await desk.getByRole('button', { name: /новых заказа/ }).waitFor({ state: 'detached' })
		assert.deepEqual((await numbersOf(desk)).slice(0, 2), fresh.map(({ number }) => number).toReversed())
	})

	test('an order that no longer fits stays where it is, with its new status, until the list is read anew', async () => {
		const order = await ground.place()
		const desk = await ground.open(operator, { path: '/orders?status=paid' })
		await rowOf(desk, order.number).waitFor()
		await moveOrder(operator, order.id, 'ready')
		await rowOf(desk, order.number).getByText('Доставляется').waitFor()
		await desk.reload()
		await rows(desk).first().waitFor()
		assert.equal(await rowOf(desk, order.number).count(), 0)
	})

	test('what changed while it was away is there when it comes back to the list', async () => {
		const order = await ground.place()
		const desk = await ground.open()
		await rowOf(desk, order.number).waitFor()
		await desk.getByRole('link', { name: 'Товары' }).click()
		await desk.getByRole('heading', { name: 'Товары' }).waitFor()
		await moveOrder(operator, order.id, 'cancelled')
		await desk.goBack()
		await rowOf(desk, order.number).getByText('Отменён').waitFor()
	})
})

suite('Many orders', () => {
	test('are moved at once, and each tells what became of it', async () => {
		const orders = []
		for (let index = 0; index < 50; index++) orders.push(await ground.place())
		const [first, second] = orders
		const desk = await ground.open(operator, { path: `/orders?status=paid&name=${encodeURIComponent('Константинополь')}` })
		await rowOf(desk, orders.at(-1)?.number).waitFor()
		await desk.getByRole('checkbox', { name: 'Выбрать все показанные' }).check()
		const all = Number(((await desk.getByText(/^Выбрано: \d+$/).textContent()) ?? '').replace(/\D/g, ''))
		assert.ok(all >= 50)
		await takePictures(desk, 'orders-selected', false)
		// A colleague was faster with two of them.
		await moveOrder(operator, first.id, 'received')
		await moveOrder(operator, second.id, 'assembling')
		await desk.getByRole('button', { name: 'Сменить статус' }).click()
		await desk.getByLabel('Новый статус').selectOption('В сборке')
		await desk.getByLabel('Причина').fill('утренняя смена')
		await assertAccessible(desk)
		await takePictures(desk, 'orders-bulk', false)
		await desk.getByRole('button', { name: 'Сменить', exact: true }).click()
		const outcomes = desk.getByRole('dialog', { name: 'Что получилось' })
		assert.equal(await outcomes.getByRole('status').textContent(), `Сменили статус ${all - 2} из ${all}.`)
		await outcomes
			.getByRole('row')
			.filter({ hasText: String(first.number) })
			.getByText('Отказано')
			.waitFor()
		await outcomes
			.getByRole('row')
			.filter({ hasText: String(second.number) })
			.getByText('Уже в этом статусе')
			.waitFor()
		await assertAccessible(desk)
		await takePictures(desk, 'orders-outcomes', false)
		await outcomes.getByRole('button', { name: 'Оставить выбранными только их' }).click()
		await desk.getByText('Выбрано: 2').waitFor()
		const { body } = await operator.get(`/admin/orders/${orders[7].id}`)
		assert.deepEqual(
			[body.status, body.history.at(-1).reason, body.history.at(-1).actor.id],
			['assembling', 'утренняя смена', operator.id],
		)
	})

	test('may not be moved by whoever only looks, and the button says why', async () => {
		const desk = await ground.open(await signInStaff(ground.shop, 'viewer'))
		await rows(desk).first().getByRole('checkbox').check()
		const button = desk.getByRole('button', { name: 'Сменить статус' })
		assert.equal(await button.getAttribute('aria-disabled'), 'true')
		const reason = desk.locator(`[id="${await button.getAttribute('aria-describedby')}"]`)
		assert.match((await reason.textContent()) ?? '', /Нужна роль «Оператор»/)
	})
})

suite('A thousand orders', () => {
	test('are loaded as one scrolls, and neither scrolling nor filtering holds up the screen for 50 ms', async (t) => {
		const desk = await ground.open()
		await rows(desk).first().waitFor()
		const shown = async () => Number(((await desk.getByText(/^(Показано|Всего): /).textContent()) ?? '').replace(/\D/g, ''))
		const scroll = async (pixels: number, steps: number) => {
			for (let step = 0; step < steps; step++) {
				await desk.mouse.wheel(0, pixels)
				await desk.waitForTimeout(16)
			}
		}
		const status = desk.getByLabel('Получен', { exact: true })
		const longestOfRound = async () => {
			await status.uncheck({ force: true })
			await desk.mouse.move(640, 500)
			await eventually(async () => {
				await scroll(3_000, 5)
				assert.ok((await shown()) >= 1_000, `${await shown()} are loaded`)
			}, 60_000)
			assert.ok((await rows(desk).count()) < 100, 'only what is seen is drawn')
			await ground.browser.startTracing(desk, { categories: ['toplevel'] })
			await scroll(-900, 40)
			await scroll(2_500, 20)
			await desk.evaluate('scrollTo(0, 0)')
			await status.check({ force: true })
			await eventually(async () => assert.match(desk.url(), /status=received/))
			await rows(desk).first().waitFor()
			return longestTaskOf(await ground.browser.stopTracing())
		}
		// A task that is long by what the panel does is so each time; one that the machine held up is not.
		const longest: number[] = []
		while (longest.length < ROUNDS_MAX && !longest.some((ms) => ms < LONG_TASK_MS)) longest.push(await longestOfRound())
		t.diagnostic(`the longest task took ${longest.join(', ')} ms of the processor`)
		assert.ok(Math.min(...longest) < LONG_TASK_MS, `${longest.join(', ')} ms`)
	})
})
