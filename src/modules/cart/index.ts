export type { Cart } from './cart.ts'
export { cartProblem } from './problems.ts'
export { cartOf, type CartRow, emptyCarts, joinCarts } from './queries.ts'
export { registerCartRoutes } from './routes.ts'
