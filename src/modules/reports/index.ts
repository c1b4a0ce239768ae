export { reportProblem } from './problems.ts'
export { registerReportRoutes } from './routes.ts'
export { startReportWorker } from './worker.ts'
