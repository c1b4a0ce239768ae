import { cartProblem } from './modules/cart/index.ts'
import { catalogProblem } from './modules/catalog/index.ts'
import { customerProblem } from './modules/customers/index.ts'
import { deadLetterProblem } from './modules/dead-letters/index.ts'
import { orderListProblem, orderProblem } from './modules/orders/index.ts'
import { reportProblem } from './modules/reports/index.ts'
import { staffProblem } from './modules/staff/index.ts'
import { httpProblem, type ProblemTable } from './platform/http/problem.ts'
import { streamProblem } from './platform/live/event-streams.ts'

/** Every problem there is: the reference, docs/errors.md and the test that compares them are made from it. */
export const problemTables: ProblemTable = {
	...httpProblem.table,
	...customerProblem.table,
	...catalogProblem.table,
	...cartProblem.table,
	...orderProblem.table,
	...orderListProblem.table,
	...reportProblem.table,
	...staffProblem.table,
	...deadLetterProblem.table,
	...streamProblem.table,
}
