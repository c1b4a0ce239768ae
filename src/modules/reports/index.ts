export { reportProblem } from './problems.ts'
export { createReportsCleanUp } from './remove-files.ts'
export { registerReportRoutes } from './routes.ts'
export { startReportWorker } from './worker.ts'
