export { addUpStats } from './queries.ts'
export { registerStatsRoutes } from './routes.ts'
