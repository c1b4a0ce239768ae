import { revokeKey } from '../modules/staff/index.ts'
import { readSettings, withDatabase } from './ground.ts'
import type { Terminal } from './terminal.ts'

/** Ends a key at once. Throws when there is none with that id. */
export async function endKey(id: number, { say }: Terminal): Promise<void> {
	await withDatabase(readSettings(), {}, async ({ sql }) => {
		if (!(await revokeKey(sql, id))) throw new Error(`There is no key ${id}: "npm run -s cli -- keys list" shows those that are.`)
		say(`Key ${id} is revoked.`)
	})
}
