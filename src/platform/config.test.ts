import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { drainMsOf, readConfig } from './config.ts'
import { brokersOf } from './topics/brokers.ts'

test('Settings that are wrong are told all at once, in English', () => {
	const words =
		'These settings (environment variables) are wrong:\n  - PORT must be integer\n  - ROLE must be one of all, api, worker\n' +
		'  - SECRET_KEY must NOT have fewer than 32 characters'
	assert.throws(() => readConfig({ PORT: 'x', ROLE: 'none', SECRET_KEY: 'short' }), { message: words })
})

suite('PUBLIC_URL', () => {
	test('is where browsers reach the service, with a path or without, and has an origin', () => {
		for (const url of ['https://shop.example', 'http://localhost:8080/', 'https://shop.example:8443/a/@b', 'http://[::1]:8080']) {
			assert.equal(readConfig({ PUBLIC_URL: url }).PUBLIC_URL, url)
			assert.match(new URL(url).origin, /^https?:\/\/./)
		}
	})

	test('that has no scheme or host, or what no link goes on from, is refused with what to write', () => {
		for (const url of [
			'localhost:8080',
			'shop.example:443',
			'shop.example',
			'ftp://shop.example',
			'https:shop.example',
			'https://',
			'https:///shop',
			'https://shop.example:port',
			'https://anna:secret@shop.example',
			'https://shop.example/?a=1',
			'https://shop.example/#a',
			' https://shop.example',
		]) {
			assert.throws(() => readConfig({ PUBLIC_URL: url }), /- PUBLIC_URL must begin with https:\/\/ or http:\/\/ and a host/, url)
		}
	})
})

suite('KAFKA_BROKERS', () => {
	test('are read with white space around the commas', () => {
		const { KAFKA_BROKERS = '' } = readConfig({ KAFKA_BROKERS: 'k1:9092, k2.shop.example:9093 ,[::1]:9092' })
		assert.deepEqual(brokersOf(KAFKA_BROKERS), ['k1:9092', 'k2.shop.example:9093', '[::1]:9092'])
	})

	test('that are anything but host:port are refused with what to write', () => {
		for (const list of [
			'k1',
			'k1:',
			'k1:0',
			'k1:65536',
			'kafka://k1:9092',
			'k1:9092 k2:9092',
			'k1:9092;k2:9092',
			'k1:9092,',
			'::1:9092',
			'[k1]:9092',
			'anna@k1:9092',
		]) {
			assert.throws(() => readConfig({ KAFKA_BROKERS: list }), /- KAFKA_BROKERS must be host:port of each broker/, list)
		}
	})
})

suite('DRAIN_SECONDS', () => {
	const drainOf = (environment: NodeJS.ProcessEnv) => drainMsOf(readConfig(environment))

	test('is five in production, where a balancer stands in front, and none elsewhere, unless somebody says so', () => {
		assert.equal(drainOf({ NODE_ENV: 'production' }), 5_000)
		assert.equal(drainOf({}), 0)
		assert.equal(drainOf({ NODE_ENV: 'production', DRAIN_SECONDS: '0' }), 0)
		assert.equal(drainOf({ DRAIN_SECONDS: '12' }), 12_000)
	})

	test('holds up no worker, which nobody asks', () => {
		assert.equal(drainOf({ NODE_ENV: 'production', ROLE: 'worker' }), 0)
	})
})
