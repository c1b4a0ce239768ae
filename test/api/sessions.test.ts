import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, suite, test } from 'node:test'
import { createClient } from '../support/client.ts'
import { newPhone, type Person, registerPerson } from '../support/people.ts'
import { signInStaff, type StaffMember } from '../support/staff.ts'
import { startTestShop, type TestShop } from '../support/shop.ts'
import { askForCode, codesSentTo, signInAgain } from '../support/sign-in.ts'

const SESSIONS_MAX = 20
const PUBLIC_URL = 'https://shop.example'

let shop: TestShop
/** A second instance on the same database. */
let other: TestShop
let anna: Person
before(async () => {
	// With a slash at its end, as people write it.
	shop = await startTestShop({ PUBLIC_URL: `${PUBLIC_URL}/` })
	other = await startTestShop(shop.settings)
	anna = await registerPerson(shop)
})

/** What both instances answer to this token, one right after the other. */
const statusesOf = async (token: string): Promise<number[]> => [
	(await shop.guest.as(token).get('/me')).status,
	(await other.guest.as(token).get('/me')).status,
]

type Listed = { readonly id: string; readonly current: boolean; readonly user_agent: string | null }
const sessionsOf = async (token: string): Promise<Listed[]> => (await shop.guest.as(token).get('/me/sessions')).body.data

suite('The list of sessions', () => {
	test('shows where one is signed in, newest first, and which one this is', async () => {
		const phone = await signInAgain(shop, anna.phone, { 'user-agent': 'Phone/1.0' })
		const { status, body } = await anna.get('/me/sessions')
		assert.equal(status, 200)
		assert.equal(body.next_cursor, null)
		assert.deepEqual(Object.keys(body.data[0]), ['id', 'created_at', 'expires_at', 'user_agent', 'current'])
		assert.deepEqual(
			body.data.map(({ current, user_agent }: Listed) => [current, user_agent]),
			[
				[false, 'Phone/1.0'],
				[true, 'node'],
			],
		)
		assert.deepEqual(
			(await sessionsOf(phone)).map(({ current }) => current),
			[true, false],
		)
		const days = (Date.parse(body.data[0].expires_at) - Date.parse(body.data[0].created_at)) / (24 * 3_600_000)
		assert.equal(Math.round(days), 30)
	})

	test('keeps the first 300 characters of what the browser calls itself', async () => {
		const token = await signInAgain(shop, anna.phone, { 'user-agent': 'x'.repeat(2_000) })
		assert.equal((await sessionsOf(token))[0]?.user_agent, 'x'.repeat(300))
	})

	test('holds twenty at the most: with one more the oldest is signed out', async () => {
		const vera = await registerPerson(shop, { name: 'Вера' })
		for (let count = 1; count < SESSIONS_MAX; count++) await signInAgain(shop, vera.phone)
		assert.deepEqual(await statusesOf(vera.token), [200, 200])
		const newest = await signInAgain(shop, vera.phone)
		assert.deepEqual(await statusesOf(vera.token), [401, 401])
		assert.equal((await sessionsOf(newest)).length, SESSIONS_MAX)
	})
})

suite('A session ends at once, on every instance,', () => {
	test('when one signs out; the others stay', async () => {
		const token = await signInAgain(shop, anna.phone)
		const { status, headers } = await other.guest.as(token).delete('/sessions/current')
		assert.equal(status, 204)
		assert.equal(headers.get('set-cookie'), '__Host-session=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0')
		assert.deepEqual(await statusesOf(token), [401, 401])
		assert.deepEqual(await statusesOf(anna.token), [200, 200])
	})

	test('when it is ended from elsewhere', async () => {
		const token = await signInAgain(shop, anna.phone)
		const [current] = (await sessionsOf(token)).filter((session) => session.current)
		assert.equal((await anna.delete(`/me/sessions/${current?.id}`)).status, 204)
		assert.deepEqual(await statusesOf(token), [401, 401])
		const again = await anna.delete(`/me/sessions/${current?.id}`)
		assert.deepEqual([again.status, again.body.code], [404, 'session_not_found'])
	})

	test('when its time is over', async () => {
		const token = await signInAgain(shop, anna.phone)
		await shop.sql`
			update sessions set expires_at = now() where id = (select id from sessions order by id desc limit 1)`
		assert.deepEqual(await statusesOf(token), [401, 401])
	})

	test('when the staff signs the user out or blocks the user, who then can’t sign in until unblocked', async () => {
		const manager: StaffMember = await signInStaff(shop, 'manager')
		const boris = await registerPerson(shop, { name: 'Борис' })
		assert.equal((await manager.post(`/admin/users/${boris.id}/sign-out`)).status, 200)
		assert.deepEqual(await statusesOf(boris.token), [401, 401])
		const token = await signInAgain(shop, boris.phone)
		assert.deepEqual(await statusesOf(token), [200, 200])
		assert.equal((await manager.post(`/admin/users/${boris.id}/block`, { body: { reason: 'обман' } })).status, 200)
		assert.deepEqual(await statusesOf(token), [401, 401])
		const refused = await shop.guest.post('/sessions', {
			body: { phone: boris.phone, code: await askForCode(shop, boris.phone) },
		})
		assert.deepEqual([refused.status, refused.body.code, refused.body.token], [403, 'user_blocked', undefined])
		assert.equal((await manager.post(`/admin/users/${boris.id}/unblock`)).status, 200)
		assert.deepEqual(await statusesOf(token), [401, 401])
		assert.deepEqual(await statusesOf(await signInAgain(shop, boris.phone)), [200, 200])
	})

	test('but not when somebody else tries: another’s session is not there', async () => {
		const boris = await registerPerson(shop, { name: 'Борис' })
		const [session] = await sessionsOf(anna.token)
		for (const id of [session?.id, randomUUID()]) {
			const { status, body } = await boris.delete(`/me/sessions/${id}`)
			assert.deepEqual([status, body.code], [404, 'session_not_found'])
		}
		assert.ok((await sessionsOf(anna.token)).some(({ id }) => id === session?.id))
		const { status, body } = await boris.delete('/me/sessions/1')
		assert.deepEqual([status, body.errors[0].pointer], [400, '/id'])
	})
})

suite('The cookie of a session', () => {
	const cookieFor = (token: string) => `theme=dark; __Host-session=${token}; lang=ru`
	const patch = (headers: Record<string, string>) => shop.guest.patch('/me', { body: { name: 'Анна' }, headers })

	test('is set by signing in, for this host alone, over HTTPS alone, out of the reach of scripts', async () => {
		const phone = newPhone()
		await shop.guest.post('/users', { body: { name: 'Анна', phone, email: 'a@example.com', consent: true } })
		const [code] = await codesSentTo(shop, phone)
		const { body, headers } = await shop.guest.post('/sessions', { body: { phone, code } })
		const [pair, ...attributes] = (headers.get('set-cookie') ?? '').split('; ')
		assert.equal(pair, `__Host-session=${body.token}`)
		assert.deepEqual(attributes, ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax', 'Max-Age=2592000'])
		assert.equal((await shop.guest.get('/me', { headers: { cookie: cookieFor(body.token) } })).body.id, body.user.id)
	})

	test('is taken to read, from wherever', async () => {
		const headers = { cookie: cookieFor(anna.token), origin: 'https://elsewhere.example' }
		assert.equal((await shop.guest.get('/me', { headers })).status, 200)
	})

	test('is taken to change something from our own pages only', async () => {
		const cookie = cookieFor(anna.token)
		assert.equal((await patch({ cookie, origin: PUBLIC_URL })).status, 200)
		for (const origin of [
			'https://elsewhere.example',
			'https://shop.example.evil.example',
			'http://shop.example',
			'null',
			shop.url,
		]) {
			const { status, body } = await patch({ cookie, origin })
			assert.deepEqual([status, body.code], [403, 'forbidden'], origin)
		}
		assert.equal((await patch({ cookie })).status, 403, 'no Origin at all')
	})

	test('matters no more when a Bearer token comes along', async () => {
		const boris = await registerPerson(shop, { name: 'Борис' })
		const headers = { cookie: cookieFor(anna.token), origin: 'https://elsewhere.example' }
		assert.equal((await boris.patch('/me', { body: { name: 'Боря' }, headers })).body.id, boris.id)
	})

	test('signs nobody in when it is another one, empty or wrong', async () => {
		for (const cookie of [
			`session=${anna.token}`,
			`__host-session=${anna.token}`,
			'__Host-session=',
			`__Host-session=${anna.token}x`,
			'x',
		]) {
			assert.equal((await shop.guest.get('/me', { headers: { cookie } })).status, 401, cookie)
		}
	})

	test('is taken from pages at the service’s own address when no other is set', async () => {
		const local = await startTestShop({ ...shop.settings, PUBLIC_URL: '' })
		const origin = `http://localhost:${new URL(local.url).port}`
		const options = { body: { name: 'Анна' }, headers: { cookie: cookieFor(anna.token), origin } }
		assert.equal((await local.guest.patch('/me', options)).status, 200)
	})
})

suite('A token', () => {
	test('signs nobody in when it is wrong, cut, doubled or of another kind', async () => {
		for (const token of ['', 'x', anna.token.slice(1), `${anna.token}${anna.token}`, 'x'.repeat(10_000), `${anna.token} x`]) {
			const { status, body } = await createClient(shop.url, token).get('/me')
			assert.deepEqual([status, body.code], [401, 'unauthenticated'])
		}
		for (const authorization of [anna.token, `Basic ${anna.token}`, 'Bearer']) {
			assert.equal((await shop.guest.get('/me', { headers: { authorization } })).status, 401)
		}
		assert.equal((await shop.guest.get('/me', { headers: { authorization: `bearer  ${anna.token}` } })).status, 200)
	})

	test('differs each time and is long enough that nobody guesses it', async () => {
		const tokens = [anna.token, await signInAgain(shop, anna.phone)]
		assert.equal(new Set(tokens).size, 2)
		for (const token of tokens) assert.match(token, /^[A-Za-z0-9_-]{43}$/)
	})
})
