/** What an email must look like. No more than that: whether it exists shows when the link is opened there. */
export const EMAIL_PATTERN = '^[^\\s@]+@[^\\s@]+$'
/** RFC 5321: the longest path is 256 characters, its angle brackets included. */
export const EMAIL_MAX = 254

/** An email as accounts are known by: people do not type it the same way each time. */
export const canonicalEmail = (text: string): string => text.trim().toLowerCase()

/** The email of somebody to be invited; throws an Error when it is none. */
export function requireEmail(text: string): string {
	const email = canonicalEmail(text)
	if (email.length <= EMAIL_MAX && new RegExp(EMAIL_PATTERN).test(email)) return email
	throw new Error(`"${text}" is not an email: write it like name@shop.example`)
}
