import { createHash, randomBytes } from 'node:crypto'

const CODES = 10
/** Crockford's Base32: no letters that look like digits. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
/** 16 characters are 80 bits: nobody tries them all, so their hash needs no salt and no slow function. */
const CHARACTERS = 16
const GROUP = /.{4}(?=.)/g

/** Codes that stand in for the authenticator app when the phone is lost, each once: `x4k2-9mtd-0v7q-hs3e`. */
export const newRecoveryCodes = (): string[] => Array.from({ length: CODES }, newRecoveryCode)

const newRecoveryCode = (): string =>
	// 256 is a multiple of 32, so every character is as likely as another.
	[...randomBytes(CHARACTERS)]
		.map((byte) => ALPHABET[byte % ALPHABET.length])
		.join('')
		.replaceAll(GROUP, '$&-')

/** What is kept of a code: its SHA-256, the same however somebody types what is on the paper. */
export const hashRecoveryCode = (typed: string): Buffer => createHash('sha256').update(canonical(typed)).digest()

const canonical = (typed: string): string =>
	typed.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1')
