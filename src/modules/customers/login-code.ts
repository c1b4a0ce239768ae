import { argon2, createHmac, randomBytes, randomInt } from 'node:crypto'
import { promisify } from 'node:util'

const DIGITS = 6
const SALT_BYTES = 16
/** After so long a code is void, and an SMS with it is of no use. */
export const CODE_LIFE_MINUTES = 5

/**
 * The cost of one guess. A code has a million values, lives a few minutes and takes 5 tries, so the hash only matters to somebody
 * who holds the database and the key: 8 MiB and one pass take 6.5 ms of a core, so all codes of one phone take 1.8 hours, and
 * by then it is long void. The 41 ms that a password deserves (19 MiB, two passes) would let a flood of guesses keep the cores
 * busy at 50 requests a second.
 */
const COST = { memory: 8 * 1024, passes: 1, parallelism: 1, tagLength: 32 } as const

const argon2Async = promisify(argon2)

/** A code as it is sent: six digits. */
export const newCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0')

export const newSalt = (): Buffer => randomBytes(SALT_BYTES)

/** What a phone is known by where nobody needs to read its number. */
export const hashPhone = (secret: Buffer, phone: string): Buffer => createHmac('sha256', secret).update(`phone ${phone}`).digest()

export type Guess = { readonly phone: string; readonly code: string; readonly salt: Buffer }

/** What is kept of a code, bound to its phone: argon2id over an HMAC, so the database alone does not tell the code. */
export async function hashCode(secret: Buffer, { phone, code, salt }: Guess): Promise<Buffer> {
	const message = createHmac('sha256', secret).update(`code ${phone} ${code}`).digest()
	return argon2Async('argon2id', { message, nonce: salt, ...COST })
}
