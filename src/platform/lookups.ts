import type { Problem } from './http/problem.ts'
import { type Cancelled, createLanes, type LaneOptions } from './lanes.ts'

type Lookup<Key> = { readonly key: Key; readonly sequence: number }

export type LookupOptions<Key, Found> = Omit<LaneOptions<Lookup<Key>, Found>, 'ownerOf' | 'run'> & {
	/** Looks for all of them by one statement, and returns what it found in their order. */
	readonly find: (keys: readonly Key[]) => Promise<readonly (Found | Problem)[]>
}

/** Many who look for something, one statement: as in a lane of writes, but nobody waits for an earlier one of the same owner. */
export function createLookups<Key, Found>({
	find,
	...options
}: LookupOptions<Key, Found>): (key: Key, cancelled?: Cancelled) => Promise<Found> {
	let sequence = 0
	const lanes = createLanes<Lookup<Key>, Found>({
		...options,
		// Reads need no order: each is its own owner.
		ownerOf: (lookup) => lookup.sequence,
		run: (batch) => find(batch.map(({ key }) => key)),
	})
	return (key, cancelled) => lanes.submit({ key, sequence: sequence++ }, cancelled)
}
