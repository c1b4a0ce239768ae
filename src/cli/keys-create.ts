import { createKey } from '../modules/staff/index.ts'
import { readSettings, withDatabase } from './ground.ts'
import type { Terminal } from './terminal.ts'

/** Makes a key for another service and prints it: the only time it is seen. */
export async function makeKey(wish: { name: string; scope: readonly string[] }, { print, say }: Terminal): Promise<void> {
	await withDatabase(readSettings(), {}, async ({ sql }) => {
		await print(await createKey(sql, { name: wish.name, scopes: wish.scope }))
		say('Keep it: it is not shown again.')
	})
}
