import { hkdfSync } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

/** RFC 4226 asks for 20 bytes. */
const SECRET_BYTES = 20
/** The rest as every authenticator app has it: SHA-1, six digits. */
const STEP_S = 30
/** Steps to each side that are taken too: clocks differ, and typing takes a while (RFC 6238, 5.2). */
const WINDOW_STEPS = 1
const CODE = /^\d{6}$/

/** A new secret for an authenticator app, in Base32. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

/**
 * The secret that an invitation gives out: the same each time it is opened, and kept nowhere until the account is there. It comes
 * out of the link's token, which is as hard to guess and of which only the hash is kept.
 */
export const totpSecretOf = (token: string): string =>
	new Secret({ buffer: hkdfSync('sha256', token, '', 'prilavok: the authenticator app of an invitation', SECRET_BYTES) }).base32

/** The secret as a URI that authenticator apps read from a QR code: `otpauth://totp/…?secret=…`. */
export const totpUri = ({ issuer, email, secret }: { issuer: string; email: string; secret: string }): string =>
	new TOTP({ issuer, label: email, secret, period: STEP_S }).toString()

/**
 * The time step that a code belongs to, or undefined when it is not a code of now. The caller sees to it that each step counts
 * once. Apps show a code as two groups of three, so spaces do not matter.
 */
export function totpStep(secret: string, code: string, now: Date): number | undefined {
	const token = code.replaceAll(/\s/g, '')
	if (!CODE.test(token)) return undefined
	const timing = { period: STEP_S, timestamp: now.getTime() }
	const delta = TOTP.validate({ token, secret: Secret.fromBase32(secret), window: WINDOW_STEPS, ...timing })
	return delta === null ? undefined : TOTP.counter(timing) + delta
}
