import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './problems.ts'

const STALE_MS = 5_000
const RETRIES_MAX = 2

/** Only what may go well another time is asked for again. */
const mayPass = (error: unknown): boolean => !(error instanceof ApiError) || error.status === 0 || error.status === 503

/** What the panel knows of the service's data. The live stream says when it is out of date. */
export const queryClient = new QueryClient({
	defaultOptions: {
		queries: { staleTime: STALE_MS, retry: (count, error) => count < RETRIES_MAX && mayPass(error) },
	},
})
