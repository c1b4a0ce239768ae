import dns from 'node:dns'

// Loaded into a process by --import: one host has two addresses there, as many hosts have, and nobody listens on either.
const { lookup } = dns
Object.assign(dns, {
	lookup(host: string, options: dns.LookupAllOptions, done: (error: Error | null, addresses: dns.LookupAddress[]) => void) {
		if (host !== 'two-addresses.test') return lookup(host, options, done)
		done(null, [
			{ address: '127.0.0.1', family: 4 },
			{ address: '127.0.0.2', family: 4 },
		])
	},
})
