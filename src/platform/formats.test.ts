import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDay, isMoment } from './formats.ts'

test('a day is one of the calendar', () => {
	for (const day of ['2026-11-25', '0001-01-01', '9999-12-31', '2024-02-29']) assert.equal(isDay(day), true, day)
	for (const text of [
		'2026-02-29',
		'2026-04-31',
		'2026-13-01',
		'2026-00-10',
		'2026-01-00',
		'0000-01-01',
		'26-01-01',
		'2026-1-1',
		'',
	])
		assert.equal(isDay(text), false, text)
})

test('a moment has an offset, and PostgreSQL and JavaScript can both keep it', () => {
	for (const moment of [
		'2026-11-23T12:00:00Z',
		'2026-11-23t12:00:00.123456z',
		'2026-11-23T12:00:00+15:59',
		'0001-01-01T00:00:00Z',
		'9999-12-31T23:59:59.999Z',
	]) {
		assert.equal(isMoment(moment), true, moment)
	}
	for (const text of [
		'2026-11-23T12:00:00',
		'2026-11-23',
		'2026-02-30T12:00:00Z',
		'2026-11-23 12:00:00Z',
		'2026-11-23T24:00:00Z',
		'2016-12-31T23:59:60Z',
		'2026-11-23T12:00:00+16:00',
		'0000-11-23T12:00:00Z',
		'0001-01-01T00:00:00+15:00',
		'9999-12-31T23:59:59-15:59',
		`2026-11-23T12:00:00.${'1'.repeat(200)}Z`,
	]) {
		assert.equal(isMoment(text), false, text)
	}
})
