/**
 * Why a storage does not do what is asked. `full`: it has no room. `refused`: it will say the same next time (rights, a
 * read-only or missing folder). `unavailable`: it may work later.
 */
export type StorageFault = 'full' | 'refused' | 'unavailable'

/** A storage did not do what was asked of it; what it said is the `cause`. */
export class StorageError extends Error {
	readonly fault: StorageFault

	constructor(fault: StorageFault, message: string, cause: unknown) {
		super(message, { cause })
		this.name = 'StorageError'
		this.fault = fault
	}
}

/** Whether it is a storage that may do later what it did not do now. */
export const isStorageUnavailable = (error: unknown): boolean => error instanceof StorageError && error.fault === 'unavailable'
