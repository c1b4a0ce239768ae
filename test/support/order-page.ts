import assert from 'node:assert/strict'
import type { Browser, Locator } from 'playwright-core'
import { type Desk, type DeskOptions, openDesk } from './desk.ts'
import { type Person, putProducts, registerPerson } from './people.ts'
import { startTestShop, type TestShop } from './shop.ts'
import { signInStaff, type StaffMember } from './staff.ts'

/** As long as names come. */
export const LONG_NAME = 'Велосипед горный двухподвесной с гидравлическими дисковыми тормозами и карбоновой рамой, размер L'
const PRODUCTS = 20

export type OrderGround = {
	readonly shop: TestShop
	readonly anna: Person
	readonly operator: StaffMember
	readonly colleague: StaffMember
}

/** A shop with 20 products, the second of which has a long name, a customer and two operators. */
export async function startOrderGround(): Promise<OrderGround> {
	const shop = await startTestShop()
	const products = Array.from({ length: PRODUCTS }, (_, index) => ({ id: index + 1, cost: (index + 1) * 1_990 }))
	await putProducts(shop, ...products.map((one) => (one.id === 2 ? { ...one, name: LONG_NAME } : one)))
	const anna = await registerPerson(shop, { name: 'Анна Аркадьевна Каренина-Облонская' })
	return { shop, anna, operator: await signInStaff(shop, 'operator'), colleague: await signInStaff(shop, 'operator') }
}

/** Opens an order's page as somebody of the staff, and waits until it is there and live. */
export async function openOrder(
	{ browser, shop, by }: { browser: Browser; shop: TestShop; by: StaffMember },
	order: { readonly id: string },
	options: DeskOptions = {},
): Promise<Desk> {
	const page = await openDesk(browser, shop, by, { path: `/orders/${order.id}`, ...options })
	await page.getByRole('heading', { level: 1, name: /^(Заказ №|Order no\.) / }).waitFor()
	await page
		.getByRole('status')
		.filter({ hasText: /^(Обновляется само|Live)/ })
		.first()
		.waitFor()
	return page
}

/** The buttons of the statuses, on a page in Russian. */
export const statuses = (page: Desk): Locator => page.getByRole('region', { name: 'Перевести в статус' })

/** What a control that may not be pressed says of it. */
export async function reasonOf(control: Locator): Promise<string> {
	assert.equal(await control.getAttribute('aria-disabled'), 'true')
	const id = await control.getAttribute('aria-describedby')
	return (await control.page().locator(`[id="${id}"]`).textContent()) ?? ''
}
