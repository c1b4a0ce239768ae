import { isIPv6 } from 'node:net'

const BROKER = /^(?:\[(?<address>[^\]]+)\]|[^\s:/@[\]]+):(?<port>\d{1,5})$/
const PORT_MAX = 65_535

/** The brokers of a list with commas, and white space around them. */
export const brokersOf = (list: string): string[] => list.split(',').map((broker) => broker.trim())

/** Whether each of the list is `host:port`, or an IPv6 address in brackets with its port. */
export const isBrokerList = (list: string): boolean => brokersOf(list).every(isBroker)

function isBroker(text: string): boolean {
	const { address, port } = BROKER.exec(text)?.groups ?? {}
	const number = Number(port)
	return number >= 1 && number <= PORT_MAX && (address === undefined || isIPv6(address))
}
