export type { Cart } from './cart.ts'
export { cartProblem } from './problems.ts'
export { lockCarts, writeCarts } from './queries.ts'
export { registerCartRoutes } from './routes.ts'
