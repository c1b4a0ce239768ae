import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/platform/config.ts'
import { createLog } from '../src/platform/telemetry/log.ts'
import { problemTables } from '../src/problem-tables.ts'
import { startShop } from '../src/start.ts'
import { asyncApiDocument } from './generate-asyncapi.ts'
import { errorsDocument } from './generate-errors.ts'
import { scalarScript } from './generate-scalar.ts'
import { dumpSchema } from './generate-schema.ts'
import { settingsDocument } from './generate-settings.ts'
import { databaseTypes } from './generate-types.ts'
import { generateApiTypes } from './openapi-types/generate.ts'

/** Every file that is made from the code, by its path, out of a service that really runs on a new database. */
export async function generatedFiles(): Promise<Map<string, string>> {
	const dataDir = await mkdtemp(join(tmpdir(), 'prilavok-generate-'))
	const config = readConfig({ DATA_DIR: dataDir, PORT: '0', NODE_ENV: 'test', LOG_LEVEL: 'error' })
	const shop = await startShop(config, createLog({ level: config.LOG_LEVEL }))
	try {
		const { sql, topicNames } = shop.service
		const openApi = json(await (await fetch(`${shop.url}/openapi.json`)).json())
		return new Map([
			['db/schema.sql', await dumpSchema(sql)],
			['src/platform/db/types.ts', await databaseTypes(sql)],
			['openapi.json', openApi],
			['admin/src/api/schema.gen.ts', await generateApiTypes(openApi)],
			['asyncapi.json', json(asyncApiDocument(topicNames))],
			['docs/errors.md', errorsDocument(problemTables)],
			['docs/settings.md', settingsDocument()],
			['src/platform/http/scalar.js.gz', await scalarScript()],
		])
	} finally {
		await shop.close()
		await rm(dataDir, { recursive: true, force: true })
	}
}

const json = (value: unknown): string => `${JSON.stringify(value, null, '\t')}\n`
