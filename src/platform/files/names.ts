const NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/
/** What a file is called while it is written: `<name>.<uuid>.part`, beside where it will be. No file may be called so. */
export const PART_SUFFIX = '.part'

/** Throws where a name could lead out of the storage, or is none that every storage takes. */
export function checkName(name: string): void {
	if (!NAME_PATTERN.test(name) || name.endsWith(PART_SUFFIX)) throw new Error(`not a name for a file: ${name}`)
}
