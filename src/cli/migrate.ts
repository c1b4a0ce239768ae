import { readSettings, withDatabase } from './ground.ts'
import type { Terminal } from './terminal.ts'

/** Brings the database to the version of this program and prints the migrations that were carried out, one a line. */
export async function migrate({ print, say }: Terminal): Promise<void> {
	await withDatabase(readSettings(), { migrate: true }, async ({ migrated }) => {
		for (const name of migrated) await print(name)
		if (migrated.length === 0) say('The database is up to date: nothing was done.')
	})
}
