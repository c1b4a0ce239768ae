import type { Config } from '../../platform/config.ts'

/** How many SMS with a code may go out: to one phone, at the wish of one address, to one country, and altogether. */
export type Budgets = {
	readonly phone_minute: number
	readonly phone_hour: number
	readonly phone_day: number
	readonly address_hour: number
	readonly prefix_hour: number
	readonly all_hour: number
}

/** How many went out in the window of each budget. */
export type Usage = Budgets

/** What one phone gets is no setting: enough for somebody who mistypes, not enough to annoy somebody. */
const PHONE_BUDGETS = { phone_minute: 1, phone_hour: 3, phone_day: 10 } as const

export const budgetsOf = (config: Config): Budgets => ({
	...PHONE_BUDGETS,
	address_hour: config.LOGIN_CODES_PER_ADDRESS_PER_HOUR,
	prefix_hour: config.LOGIN_CODES_PER_HOUR,
	all_hour: config.LOGIN_CODES_PER_HOUR,
})

/** Whether one more SMS fits into every budget. */
export const isWithin = (usage: Usage, budgets: Budgets): boolean =>
	usage.phone_minute < budgets.phone_minute &&
	usage.phone_hour < budgets.phone_hour &&
	usage.phone_day < budgets.phone_day &&
	usage.address_hour < budgets.address_hour &&
	usage.prefix_hour < budgets.prefix_hour &&
	usage.all_hour < budgets.all_hour
