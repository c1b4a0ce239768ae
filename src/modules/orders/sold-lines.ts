/** When the orders of a report were placed: at or after `from` and before `to`; null: no bound. */
export type SalesPeriod = { readonly from: Date | null; readonly to: Date | null }

/** Between which numbers, both included, the orders of a period lie; the last below the first where there are none. */
export type Numbers = { readonly first: string; readonly last: string }
