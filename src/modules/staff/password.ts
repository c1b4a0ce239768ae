import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { invalid } from '../../platform/http/problem.ts'

export const PASSWORD_MIN = 12
export const PASSWORD_MAX = 200
/** A shorter name before the @ stands in half of all words. */
const LOCAL_PART_MIN = 3

/** argon2id with 19 MiB, two passes and one lane, the first choice of OWASP's Password Storage Cheat Sheet: 25–40 ms of a core. */
const COST = { memory: 19 * 1024, passes: 2, parallelism: 1 } as const
const SALT_BYTES = 16
const TAG_BYTES = 32

/** The PHC string format, version 1.3 (0x13) of Argon2. The cost stands in it, so that it can be raised for new passwords. */
const PHC =
	/^\$argon2id\$v=19\$m=(?<memory>\d+),t=(?<passes>\d+),p=(?<parallelism>\d+)\$(?<salt>[A-Za-z0-9+/]+)\$(?<tag>[A-Za-z0-9+/]+)$/

const argon2Async = promisify(argon2)

/** What is kept of a password: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(SALT_BYTES)
	return phcOf(salt, await argon2Async('argon2id', { message: messageOf(password), nonce: salt, ...COST, tagLength: TAG_BYTES }))
}

/** Whether that is the password, in the same time for every wrong one. Throws when `stored` is no hash of `hashPassword`. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
	const { memory, passes, parallelism, salt, tag } = PHC.exec(stored)?.groups ?? {}
	if (salt === undefined || tag === undefined)
		throw new Error('the stored hash of a password is not in the PHC format of argon2id')
	const expected = Buffer.from(tag, 'base64')
	const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
	const nonce = Buffer.from(salt, 'base64')
	const actual = await argon2Async('argon2id', { message: messageOf(password), nonce, ...cost, tagLength: expected.length })
	return timingSafeEqual(actual, expected)
}

/** A hash that belongs to no password: it takes the same time to verify, and is never right. */
export const hashOfNobody = (): string => phcOf(randomBytes(SALT_BYTES), randomBytes(TAG_BYTES))

const phcOf = (salt: Buffer, tag: Buffer): string =>
	`$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${textOf(salt)}$${textOf(tag)}`

const textOf = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')

/** Some keyboards write й as one character and some as two: the same password all the same. */
const messageOf = (password: string): Buffer => Buffer.from(password.normalize('NFKC'))

/** Throws `validation_failed` for a password that holds the name before the @: it would be the first guess. */
export function requirePassword(password: string, email: string): void {
	const [localPart = ''] = email.toLowerCase().split('@', 1)
	if (localPart.length < LOCAL_PART_MIN || !password.toLowerCase().includes(localPart)) return
	const message = {
		en: 'holds the part of your email before the @: choose a password that does not',
		ru: 'содержит часть вашей почты до знака @: придумайте пароль без неё',
	}
	throw invalid({ in: 'body', pointer: '/password', code: 'password', message })
}
