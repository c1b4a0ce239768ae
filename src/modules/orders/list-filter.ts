import type { Sql } from '../../platform/db/database.ts'
import { findCustomerIdsByName, hasName, parsePhone } from '../customers/index.ts'
import type { Service } from '../service.ts'
import type { OrderFilter } from './list-queries.ts'
import type { StaffOrderFilters } from './list-schemas.ts'

/** A search by name takes the first so many customers: whoever finds more than that narrows the name. */
const CUSTOMERS_BY_NAME_MAX = 100

type Deps = Pick<Service, 'sql' | 'config'>

/** What the staff ask for, as the statements take it; undefined when no order can fit. */
export async function filterOf({ sql, config }: Deps, query: StaffOrderFilters): Promise<OrderFilter | undefined> {
	const { phone, name, user_id, ...filter } = query
	const customerIds = await customersOf(sql, name, user_id)
	if (customerIds?.length === 0) return undefined
	const number = phone === undefined ? undefined : (parsePhone(phone, config.PHONE_COUNTRY) ?? phone)
	return { ...filter, phone: number, customerIds }
}

/** The customers of that name and id whose orders are asked for; undefined: everybody's. */
async function customersOf(sql: Sql, name?: string, id?: number): Promise<readonly number[] | undefined> {
	if (id === undefined) return name === undefined ? undefined : findCustomerIdsByName(sql, name, CUSTOMERS_BY_NAME_MAX)
	return name === undefined || (await hasName(sql, id, name)) ? [id] : []
}
