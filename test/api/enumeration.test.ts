import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { before, suite, test, type TestContext } from 'node:test'
import { medianOf } from '../support/median.ts'
import type { Answer } from '../support/client.ts'
import { mannWhitneyP } from '../support/mann-whitney.ts'
import { newPhone } from '../support/people.ts'
import { createChance } from '../support/sample.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'

/**
 * Of each kind. A sample of so many shows a difference of 0.18 of the times' standard deviation 92 times in a hundred; a quarter of them
 * would 24 times, and three in a row hardly ever.
 */
const PHONES = 1_000
/** Below it two samples differ. */
const LEVEL = 0.01
/**
 * A difference is one that shows in so many samples, each of other phones. Of two that are the same one differs at LEVEL once in a
 * hundred times, by chance; three in a row do once in a million times. A real difference shows in each.
 */
const SAMPLES_MAX = 3
/** Each asks one thing after the other. As many as there are lanes, so that nobody's answer waits for somebody else's. */
const CLIENTS = 2

type Phones = { readonly known: readonly string[]; readonly unknown: readonly string[] }

const seed = randomInt(2 ** 31)
const chance = createChance(seed)

let shop: TestShop
before(async () => {
	// Whoever measures has many addresses; here all come from one.
	const unlimited = '1000000'
	shop = await startTestShop({ LOGIN_CODES_PER_HOUR: unlimited, LOGIN_CODES_PER_ADDRESS_PER_HOUR: unlimited })
})

/** Phones of which half have an account that was made long ago. */
async function newPhones(): Promise<Phones> {
	const phones = [...new Set(Array.from({ length: PHONES * 3 }, newPhone))]
	const known = phones.slice(0, PHONES)
	await shop.sql`
		insert into customers (name, phone, email, locale, consent_version, created_at)
		select 'Анна', value, 'anna@example.com', 'ru', '1', now() - interval '1 year'
		from json_array_elements_text(${shop.sql.typed.json(known)})`
	return { known, unknown: phones.slice(PHONES, 2 * PHONES) }
}

/** In an order that tells nothing. */
function shuffled<Item>(items: readonly Item[]): Item[] {
	const left = [...items]
	return items.map(() => left.splice(chance.below(left.length), 1)[0]).filter((item) => item !== undefined)
}

/** An answer without what differs from call to call for everybody: what was asked, and the time. */
function withoutTheOwn({ status, headers, text }: Answer, phone: string): string {
	const own = [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name))
	const times = [...text.matchAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g)].map(([time]) => time)
	const [first = ''] = times
	const anonymous = times.reduce((body, time) => body.replace(time, `+${Date.parse(time) - Date.parse(first)}`), text)
	return JSON.stringify([status, own, anonymous.replace(phone, 'phone')])
}

/** Asks for known and unknown phones, mixed: what was answered, and how likely it is that the times are the same. */
async function measure({ known, unknown }: Phones, ask: (phone: string) => Promise<Answer>) {
	const answers = new Set<string>()
	const ms = { known: [] as number[], unknown: [] as number[] }
	const all = [...known.map((phone) => ({ phone, of: ms.known })), ...unknown.map((phone) => ({ phone, of: ms.unknown }))]
	const waiting = shuffled(all)
	const askInTurn = async () => {
		for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
			const startedAt = performance.now()
			const answer = await ask(next.phone)
			next.of.push(performance.now() - startedAt)
			answers.add(withoutTheOwn(answer, next.phone))
		}
	}
	await Promise.all(Array.from({ length: CLIENTS }, askInTurn))
	return { answers, ms, p: mannWhitneyP(ms.known, ms.unknown) }
}

/** Measures until a sample shows no difference; fails where there is none such, or the answers are not all the same one. */
async function assertNobodyCanTell(
	t: TestContext,
	what: string,
	sample: () => Promise<Awaited<ReturnType<typeof measure>>>,
): Promise<void> {
	for (let count = 1; ; count++) {
		const { answers, ms, p } = await sample()
		const [known, unknown] = [medianOf(ms.known).toFixed(2), medianOf(ms.unknown).toFixed(2)]
		t.diagnostic(`seed ${seed}, ${what}: ${known} ms for known phones, ${unknown} ms for unknown ones, p = ${p.toPrecision(2)}`)
		assert.equal(answers.size, 1, [...answers].join('\n'))
		if (p > LEVEL) return
		assert.ok(count < SAMPLES_MAX, `${what}: ${SAMPLES_MAX} samples have shown a difference`)
	}
}

const askForCode = (phone: string) => shop.guest.post('/login-codes', { body: { phone } })

/** For each phone a code that is not the one that was sent to it. */
async function wrongCodes(): Promise<ReadonlyMap<string, string>> {
	const sent = await shop.topics.read('loginCodes')
	return new Map(
		sent.map(({ value }) => [value.recipient.phone, String((Number(value.data.code) + 1) % 1_000_000).padStart(6, '0')]),
	)
}

suite('Whether a phone has an account nobody can tell who', () => {
	/** To whom a code has just gone. */
	let asked: Phones | undefined
	const measureAsking = async () => {
		asked = await newPhones()
		return measure(asked, askForCode)
	}

	test('asks for a code with it', (t) => assertNobodyCanTell(t, 'POST /login-codes', measureAsking))

	test('types a wrong code', (t) =>
		assertNobodyCanTell(t, 'POST /sessions', async () => {
			if (asked === undefined) await measureAsking()
			const phones = asked ?? (await newPhones())
			asked = undefined
			const codes = await wrongCodes()
			return measure(phones, (phone) => shop.guest.post('/sessions', { body: { phone, code: codes.get(phone) ?? '000000' } }))
		}))

	test('registers with it', (t) =>
		assertNobodyCanTell(t, 'POST /users', async () =>
			measure(await newPhones(), (phone) =>
				shop.guest.post('/users', { body: { name: 'Борис', phone, email: 'boris@example.com', consent: true } }),
			),
		))
})

test('A difference of a few milliseconds would be seen: whoever asks twice in a minute is answered sooner', async () => {
	const some = 100
	const [known, unknown] = [Array.from({ length: some }, newPhone), Array.from({ length: some }, newPhone)]
	await measure({ known, unknown: [] }, askForCode)
	const { answers, p } = await measure({ known, unknown }, askForCode)
	assert.equal(answers.size, 1)
	assert.ok(p < LEVEL / 1_000, `p = ${p}`)
})
