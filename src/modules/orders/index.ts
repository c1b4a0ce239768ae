export { registerOrderAdminRoutes } from './admin-routes.ts'
export {
	findOwnOrders,
	readChangeNumbers,
	readOrderIds,
	readStatusesAfter,
	type ToldStatus,
} from './followed-queries.ts'
export { orderStatusConsumer } from './consumer.ts'
export { orderListProblem } from './list-problems.ts'
export { orderPersonalData } from './personal-data.ts'
export { orderProblem } from './problems.ts'
export { UNDER_WAY } from './order-status.ts'
export { OrderParams, StatusChange } from './schemas.ts'
export type { Order } from './order.ts'
export { countOrders, countOrdersIn, readOrders } from './queries.ts'
export { registerOrderRoutes } from './routes.ts'
export { registerOrderServiceRoutes } from './service-routes.ts'
export { viewStatusChange } from './view-order.ts'
export type { SalesPeriod } from './sold-lines.ts'
export { soldLines } from './sold-lines-queries.ts'
