import { makeKey } from '../modules/staff/index.ts'
import { readSettings, withDatabase } from './ground.ts'
import type { Terminal } from './terminal.ts'

/** Makes a key for another service and prints it: the only time it is seen. */
export async function printNewKey(wish: { name: string; scope: readonly string[] }, { print, say }: Terminal): Promise<void> {
	await withDatabase(readSettings(), {}, async ({ sql }) => {
		const { key } = await makeKey(sql, { name: wish.name, scopes: wish.scope }, null)
		await print(key)
		say('Keep it: it is not shown again.')
	})
}
