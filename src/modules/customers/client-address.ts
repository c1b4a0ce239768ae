import { isIPv4, isIPv6 } from 'node:net'

const GROUPS = 8
const NETWORK_GROUPS = 4
const MAPPED_IPV4 = /^::ffff:(?<ipv4>\d+\.\d+\.\d+\.\d+)$/i

/**
 * Whom an address budget counts: an IPv4 address, or the /64 of an IPv6 one, since one subscriber has all of it. Text that is no
 * address counts as itself.
 */
export function addressBucket(address: string): string {
	const [plain = ''] = address.split('%', 1)
	const mapped = MAPPED_IPV4.exec(plain)?.groups?.['ipv4']
	if (mapped !== undefined || isIPv4(plain)) return mapped ?? plain
	return isIPv6(plain) ? networkOf(plain) : address
}

/** The first 64 bits. The WHATWG URL parser writes an address in its one canonical form, in hexadecimal groups only. */
function networkOf(address: string): string {
	const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
	const [head = '', tail = ''] = canonical.split('::')
	const before = head.split(':').filter(Boolean)
	const after = tail.split(':').filter(Boolean)
	const zeros = Array.from({ length: canonical.includes('::') ? GROUPS - before.length - after.length : 0 }, () => '0')
	return `${[...before, ...zeros, ...after].slice(0, NETWORK_GROUPS).join(':')}::/64`
}
