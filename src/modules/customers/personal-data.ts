import type { TSchema } from 'typebox'
import type { Sql, Tx } from '../../platform/db/database.ts'
import type { Locale } from '../../platform/http/problem.ts'

/** Who is erased. The phone is E.164. */
export type ErasedPerson = { readonly id: number; readonly name: string; readonly phone: string }

/** What another module keeps of customers: told when one asks for everything about them, removed when one is erased. */
export type PersonalData = {
	/** Its field in the export. */
	readonly name: string
	readonly schema: TSchema
	/** All of it, as a part of the transaction, which sees one moment. Fits the schema. */
	readonly read: (tx: Tx, customerId: number, locale: Locale) => Promise<unknown>
	/** Called before the transaction of an erasure, for what has to be there for it. */
	readonly prepare?: (sql: Sql, customerId: number) => Promise<void>
	/**
	 * Removes it as a part of the transaction, for good: what still comes for this customer afterwards is not kept either. The
	 * customer's row is locked after all parts, and none may lock it (a new reference to it would): who places an order or changes
	 * one holds locks of the parts when the database looks for the customer. Throws where it may not be removed yet
	 * (`orders_under_way`).
	 */
	readonly erase: (tx: Tx, person: ErasedPerson) => Promise<void>
}
