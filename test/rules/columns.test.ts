import assert from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { test } from 'node:test'

/** A star in what a statement gives: of a table, as `from` or `returning` names it. */
const STAR = /select (?:\w+\.)?\* from (\w+)|\breturning (\*)/g

test('Statements name the columns of tables: an instance goes on when the next version adds one', async () => {
	const types = await readFile('src/platform/db/types.ts', 'utf8')
	const tables = new Set(Array.from(types.slice(types.indexOf('interface DB')).matchAll(/^ {2}(\w+):/gm), ([, name]) => name))
	assert.ok(tables.has('orders'))
	const found: string[] = []
	for await (const file of glob('src/**/*.ts')) {
		for (const [text, table] of (await readFile(file, 'utf8')).matchAll(STAR)) {
			if (table === undefined || tables.has(table)) found.push(`${file}: ${text}`)
		}
	}
	assert.deepEqual(found, [])
})
