import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Service } from '../service.ts'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
/** NIST SP 800-38D, 8.2: what GCM is made for. Random: a key seals a few thousand secrets in all, not 2³². */
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** No secret begins so: Base32 has no dot. */
const PREFIX = 'v1.'

/** Keeps the secrets of authenticator apps so that a copy of the table alone is of no use. */
export type TotpVault = {
	/** The secret of a member of the staff as it is kept. */
	seal(staffId: number, secret: string): string
	/** The secret again; undefined when it was sealed with another key, or for somebody else. */
	open(staffId: number, sealed: string): string | undefined
}

/** Whether that is sealed; else it is a secret as it was kept before. */
export const isSealed = (stored: string): boolean => stored.startsWith(PREFIX)

/** A vault whose key comes out of the service's secret, which need not be there yet when the vault is made. */
export function createTotpVault(service: Pick<Service, 'secret'>): TotpVault {
	let key: Buffer | undefined
	const keyOf = () =>
		(key ??= Buffer.from(hkdfSync('sha256', service.secret, '', 'prilavok: secrets of authenticator apps', KEY_BYTES)))
	return {
		seal(staffId, secret) {
			const nonce = randomBytes(NONCE_BYTES)
			const cipher = createCipheriv(CIPHER, keyOf(), nonce, { authTagLength: TAG_BYTES }).setAAD(dataOf(staffId))
			const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
			return PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')
		},
		open(staffId, sealed) {
			if (!isSealed(sealed)) return sealed
			const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url')
			const nonce = bytes.subarray(0, NONCE_BYTES)
			const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
			if (tag.length < TAG_BYTES) return undefined
			const decipher = createDecipheriv(CIPHER, keyOf(), nonce, { authTagLength: TAG_BYTES })
				.setAAD(dataOf(staffId))
				.setAuthTag(tag)
			const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES))
			try {
				return Buffer.concat([text, decipher.final()]).toString()
			} catch {
				// Node tells of a wrong tag by an Error without a code; nothing else fails here.
				return undefined
			}
		},
	}
}

/** Sealed with it, a secret is good for nobody else's row. */
const dataOf = (staffId: number): Buffer => Buffer.from(`staff ${staffId}`)
