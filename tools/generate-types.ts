import { Kysely } from 'kysely'
import { generate, PostgresDialect } from 'kysely-codegen'
import { PostgresJSDialect } from 'kysely-postgres-js'
import type { Sql } from '../src/platform/db/database.ts'
import type { DB } from '../src/platform/db/types.ts'

/** How src/platform/db/database.ts reads these columns. The rest is kysely-codegen's choice, which is the driver's too. */
const TYPES = { int8: 'number', date: 'string', timestamptz: 'Date', json: 'unknown', jsonb: 'unknown' }

/** The types of all tables, for Kysely. */
export const databaseTypes = (sql: Sql): Promise<string> =>
	generate({
		db: new Kysely<DB>({ dialect: new PostgresJSDialect({ postgres: sql }) }),
		dialect: new PostgresDialect(),
		typeMapping: TYPES,
		excludePattern: 'public.kysely_migration*',
		outFile: null,
	})
