import type { Sql } from '../../platform/db/database.ts'
import { findCustomerIdsByName, hasName, parsePhone } from '../customers/index.ts'
import type { Service } from '../service.ts'
import type { OrderFilter } from './list-queries.ts'
import type { StaffOrderFilters } from './list-schemas.ts'

/** A search by name looks at so many customers. */
export const CUSTOMERS_BY_NAME_MAX = 100

type Deps = Pick<Service, 'sql' | 'config'>

/** What the staff ask for, as the statements take it. */
export type FoundFilter = {
	/** Undefined: no order can fit. */
	readonly filter: OrderFilter | undefined
	/** More customers than are looked at have the name: their newest ones are meant. */
	readonly nameTooCommon: boolean
}

export async function filterOf({ sql, config }: Deps, query: StaffOrderFilters): Promise<FoundFilter> {
	const { phone, name, user_id, ...filter } = query
	const customerIds = await customersOf(sql, name, user_id)
	if (customerIds?.length === 0) return { filter: undefined, nameTooCommon: false }
	const number = phone === undefined ? undefined : (parsePhone(phone, config.PHONE_COUNTRY) ?? phone)
	return {
		filter: { ...filter, phone: number, customerIds: customerIds?.slice(0, CUSTOMERS_BY_NAME_MAX) },
		nameTooCommon: (customerIds?.length ?? 0) > CUSTOMERS_BY_NAME_MAX,
	}
}

/** What was asked for, as the audit log tells it: of a phone and a name only that it was, not what they were. */
export const auditedFilter = ({ phone, name, ...filter }: StaffOrderFilters) => ({
	...filter,
	...(phone === undefined ? {} : { phone: true }),
	...(name === undefined ? {} : { name: true }),
})

/** The customers of that name and id whose orders are asked for, one more than are looked at; undefined: everybody's. */
async function customersOf(sql: Sql, name?: string, id?: number): Promise<readonly number[] | undefined> {
	if (id === undefined) return name === undefined ? undefined : findCustomerIdsByName(sql, name, CUSTOMERS_BY_NAME_MAX + 1)
	return name === undefined || (await hasName(sql, id, name)) ? [id] : []
}
