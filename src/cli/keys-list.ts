import { listKeys } from '../modules/staff/index.ts'
import { readSettings, withDatabase } from './ground.ts'
import type { Terminal } from './terminal.ts'

/** Prints a JSON line for each key, newest first: what it is good for and until when, not what it is. */
export async function printKeys({ print, say }: Terminal): Promise<void> {
	await withDatabase(readSettings(), {}, async ({ sql }) => {
		const keys = await listKeys(sql)
		for (const key of keys) await print(JSON.stringify(key))
		if (keys.length === 0) say('There are no keys: make one by "npm run -s cli -- keys create --name … --scope …".')
	})
}
