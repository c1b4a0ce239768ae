export { registerDeadLetterRoutes } from './admin-routes.ts'
export { deadLetterProblem } from './problems.ts'
