import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fastify, type InjectOptions } from 'fastify'
import { bearerOf, clearedCookie, cookieOf, hashToken, newToken, tokenCookie } from './credentials.ts'
import { Problem } from './problem.ts'

const name = '__Host-session'
const publicUrl = 'https://shop.example/path'

/** What a request with these headers carries, by the code under test on a real request. */
async function credentials(options: InjectOptions): Promise<{ bearer: string | null; cookie: string | null }> {
	const app = fastify()
	app.route({
		method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
		url: '/',
		handler: (request) => {
			try {
				return { bearer: bearerOf(request) ?? null, cookie: cookieOf(request, { name, publicUrl }) ?? null }
			} catch (error) {
				if (error instanceof Problem) return { bearer: null, cookie: error.code }
				throw error
			}
		},
	})
	return (await app.inject({ url: '/', ...options })).json()
}

const withHeaders = (headers: Record<string, string>, method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' = 'GET') =>
	credentials({ method, headers })

test('a token has 256 bits, and only its SHA-256 is kept', () => {
	assert.match(newToken(), /^[\w-]{43}$/)
	assert.notEqual(newToken(), newToken())
	assert.equal(hashToken('abc').toString('hex'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('a token comes as Authorization: Bearer', async () => {
	const token = newToken()
	assert.equal((await withHeaders({ authorization: `Bearer ${token}` })).bearer, token)
	assert.equal((await withHeaders({ authorization: `bearer ${token}` })).bearer, token)
	for (const authorization of [
		'',
		'Bearer',
		'Bearer ',
		`Basic ${token}`,
		`Bearer ${token} more`,
		`Bearer ${'x'.repeat(201)}`,
		'Bearer a,b',
	]) {
		assert.equal((await withHeaders({ authorization })).bearer, null, authorization)
	}
})

test('a token comes as a cookie among others', async () => {
	for (const cookie of [`${name}=abc`, `a=1; ${name}=abc; b=2`, `a=1;${name}=abc`, `${name}=abc; ${name}=def`]) {
		assert.equal((await withHeaders({ cookie })).cookie, 'abc', cookie)
	}
	for (const cookie of ['', 'abc', 'session=abc', `x${name}=abc`, `${name}=`, `${name}=${'x'.repeat(201)}`]) {
		assert.equal((await withHeaders({ cookie })).cookie, null, cookie)
	}
})

test('with a method that changes something a cookie is taken from our own pages only', async () => {
	const cookie = `${name}=abc`
	for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
		assert.equal((await withHeaders({ cookie, origin: 'https://shop.example' }, method)).cookie, 'abc')
		assert.equal((await withHeaders({ cookie }, method)).cookie, 'forbidden')
		for (const origin of [
			'null',
			'https://evil.example',
			'http://shop.example',
			'https://shop.example.evil.example',
			'https://shop.example:8443',
		]) {
			assert.equal((await withHeaders({ cookie, origin }, method)).cookie, 'forbidden', origin)
		}
	}
})

test('a request without our cookie needs no origin', async () => {
	assert.equal((await withHeaders({ cookie: 'other=abc', origin: 'https://evil.example' }, 'POST')).cookie, null)
})

test('the cookie is out of the reach of scripts, other sites, other hosts and plain HTTP', () => {
	assert.equal(tokenCookie(name, 'abc', 3_600), '__Host-session=abc; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600')
	assert.equal(clearedCookie(name), '__Host-session=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0')
})
