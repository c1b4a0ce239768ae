import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressBucket } from './client-address.ts'

const SAME = [
	['203.0.113.7', '203.0.113.7'],
	['::ffff:203.0.113.7', '203.0.113.7'],
	['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
	['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
	['2001:0db8:0001:0002:ffff::', '2001:db8:1:2::/64'],
	['2001:db8::1', '2001:db8:0:0::/64'],
	['2001:db8:0:0:1:2:3:4', '2001:db8:0:0::/64'],
	['::1', '0:0:0:0::/64'],
	['fe80::1%eth0', 'fe80:0:0:0::/64'],
	['1:2:3:4:5:6:203.0.113.7', '1:2:3:4::/64'],
] as const

for (const [address, bucket] of SAME) {
	test(`the budget of ${address} is that of ${bucket}`, () => assert.equal(addressBucket(address), bucket))
}
