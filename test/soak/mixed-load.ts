import assert from 'node:assert/strict'
import { type Ask, type Book, openBook, untilAnswered } from '../support/book.ts'
import { createClient } from '../support/client.ts'
import { nextProduct, tellNext } from '../support/inventory-feed.ts'
import { keepPace, type Pace, type Paced } from '../support/pace.ts'
import { type Person, putProducts, registerPeople } from '../support/people.ts'
import { makeReport } from '../support/reports.ts'
import { type Chance, createChance } from '../support/sample.ts'
import { changeCart, moveOn, orderCart } from '../support/shoppers.ts'
import { serviceWithKey, signInStaff } from '../support/staff.ts'
import { followLive } from './followers.ts'
import type { SoakedService } from './service.ts'
import { openPhones, visitorsOf } from './visitors.ts'

const PRODUCTS = 1_200
const SHOPPERS = 100
const FAULTS_KEPT = 20
/** Of the looks at the catalogue; the others are at what nobody has looked at before. */
const KEPT_SHARE = 0.5
const SEARCHED_SHARE = 0.1

/** What is done, how often a second, and how much of it may be under way. */
const PACES = {
	looks: { perSecond: 100, atOnceMax: 100 },
	'cart changes': { perSecond: 40, atOnceMax: 60 },
	orders: { perSecond: 10, atOnceMax: 30 },
	registrations: { perSecond: 1, atOnceMax: 20 },
	'sign-ins': { perSecond: 1, atOnceMax: 20 },
	'lists of the staff': { perSecond: 5, atOnceMax: 20 },
	'steps of the staff': { perSecond: 5, atOnceMax: 20 },
	// Each tells of a product and commands an order.
	'messages of the inventory, by twos': { perSecond: 2.5, atOnceMax: 5 },
	reports: { perSecond: 1 / 60, atOnceMax: 1 },
	scrapes: { perSecond: 1 / 15, atOnceMax: 1 },
} as const satisfies Record<string, Pace>
type Deed = keyof typeof PACES

export type MixedLoad = {
	readonly book: Book
	/** How often something went wrong in another way than by a status, and the first of it. */
	readonly faults: { count: number; readonly first: string[] }
	/** Resolves when it is over and everybody has come to an end. */
	readonly done: Promise<{
		readonly paced: Readonly<Record<string, Paced>>
		readonly live: { readonly opened: number; readonly told: number }
	}>
}

/** Fills the shop, and has everybody at work at a constant rate until `over`. */
export async function startMixedLoad(service: SoakedService, seed: number, over: AbortSignal): Promise<MixedLoad> {
	const book = openBook()
	const faults: MixedLoad['faults'] = { count: 0, first: [] }
	const onFault = (error: unknown) => {
		faults.count++
		if (faults.first.length < FAULTS_KEPT) faults.first.push(String(error))
	}
	const chance = createChance(seed)
	const telling = { book, chance, products: PRODUCTS }
	await putProducts(service, ...Array.from({ length: PRODUCTS }, (_, index) => nextProduct(index + 1, telling)))
	const people = await registerPeople(service, SHOPPERS)
	const phones = openPhones(service)
	const deeds = await deedsOf(service, { book, chance, people, phones })

	const paced: Record<string, Paced> = {}
	const all = Object.entries(PACES).map(async ([name, pace]) => {
		if (!isDeed(name)) return
		paced[name] = await keepPace(pace, over, deeds[name], (error) => onFault(`${name}: ${String(error)}`))
	})
	const done = async () => {
		const live = await followLive({ url: service.url, people, book, chance }, over, onFault)
		await Promise.all(all)
		await phones.close()
		return { paced, live }
	}
	return { book, faults, done: done() }
}

const isDeed = (name: string): name is Deed => name in PACES

type Doers = {
	readonly book: Book
	readonly chance: Chance
	readonly people: readonly Person[]
	readonly phones: ReturnType<typeof openPhones>
}

async function deedsOf(
	service: SoakedService,
	{ book, chance, people, phones }: Doers,
): Promise<Record<Deed, (turn: number) => Promise<unknown>>> {
	const { url, operator, guest } = service
	const as = (token: string): Ask => untilAnswered(createClient(url, token), book)
	const asGuest = untilAnswered(guest, book)
	const staff = as((await signInStaff(service, 'operator')).token)
	const reports = await serviceWithKey(service, 'reports')
	const visitors = visitorsOf(phones, asGuest, as)
	const shoppers = shoppersOf(people, book, as)
	const telling = { book, chance, products: PRODUCTS }
	const seen = async (ask: Ask, path: string) => {
		const { status, text } = await ask('GET', path)
		assert.equal(status, 200, text)
	}
	return {
		looks: (turn) => seen(asGuest, catalogPath(turn, chance)),
		'cart changes': () => shoppers.withOne(chance, ({ ask, cart }) => changeCart(cart, ask, chance)),
		orders: () =>
			shoppers.withOne(chance, async ({ person, ask, cart }) => {
				while (cart.size === 0) await changeCart(cart, ask, chance)
				await orderCart(person, cart, { ask, book, chance })
			}),
		registrations: visitors.register,
		'sign-ins': visitors.comeBack,
		'lists of the staff': () => seen(staff, chance.pick(LISTS)),
		'steps of the staff': () => moveOn({ ask: staff, book, chance }),
		'messages of the inventory, by twos': (turn) => tellNext(service, telling, turn),
		reports: () => makeReport({ url }, reports),
		scrapes: async () => assert.match(await (await fetch(`${operator}/metrics`)).text(), /^outbox_waiting /m),
	}
}

const LISTS = [
	'/admin/orders?limit=50',
	'/admin/orders?status=paid,assembling&sort=total',
	'/admin/orders?method=pickup',
	'/admin/users',
]
const SORTS = ['name', '-name', 'price', '-price', 'newest']

function catalogPath(turn: number, chance: Chance): string {
	const id = 1 + chance.below(PRODUCTS)
	if (chance.happens(KEPT_SHARE)) return chance.pick([`/products/${id}`, '/products', '/products?sort=price'])
	if (chance.happens(SEARCHED_SHARE)) return `/products?search=${encodeURIComponent(`велосипед ${id}`)}&price_min=${turn}`
	return chance.pick([`/products/${id}?${turn}`, `/products?sort=${chance.pick(SORTS)}&price_max=${turn}`])
}

type Shopper = { readonly person: Person; readonly ask: Ask; readonly cart: Map<number, number> }

/** Customers, each of whom does one thing after the other: of what is done at once nobody knows what comes first. */
function shoppersOf(people: readonly Person[], book: Book, as: (token: string) => Ask) {
	const idle: Shopper[] = people.map((person) => {
		const cart = new Map<number, number>()
		book.carts.set(person.id, cart)
		return { person, ask: as(person.token), cart }
	})
	return {
		async withOne(chance: Chance, act: (shopper: Shopper) => Promise<void>): Promise<void> {
			const [shopper] = idle.splice(chance.below(idle.length), 1)
			if (shopper === undefined) throw new Error('all shoppers are busy')
			await act(shopper)
			idle.push(shopper)
		},
	}
}
