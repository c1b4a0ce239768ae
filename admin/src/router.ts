import { createRouter } from '@tanstack/react-router'
import { ApiError } from './api/problems.ts'
import { queryClient } from './api/query-client.ts'
import { routeTree } from './routes.gen.ts'
import { ErrorState, Loading } from './ui/States.tsx'

const PRELOAD_DELAY_MS = 50
/** What is there sooner is shown without a word that it loads. */
const PENDING_AFTER_MS = 200

export const router = createRouter({
	routeTree,
	basepath: '/admin',
	context: { queryClient },
	// TanStack Query knows what is out of date.
	defaultPreloadStaleTime: 0,
	defaultPreload: 'intent',
	defaultPreloadDelay: PRELOAD_DELAY_MS,
	defaultPendingComponent: Loading,
	defaultPendingMs: PENDING_AFTER_MS,
	defaultPendingMinMs: 0,
	defaultErrorComponent: ErrorState,
	scrollRestoration: true,
})

declare module '@tanstack/react-router' {
	interface Register {
		router: typeof router
	}
}

/** A session that has ended is found out by whatever asks next: the person signs in and comes back to the same screen. */
queryClient.getQueryCache().subscribe(({ type, query }) => {
	if (type === 'updated' && query.state.error instanceof ApiError && query.state.error.status === 401) leave()
})
queryClient.getMutationCache().subscribe(({ type, mutation }) => {
	if (type === 'updated' && mutation.state.error instanceof ApiError && mutation.state.error.code === 'unauthenticated') leave()
})

function leave(): void {
	const { pathname, href } = router.state.location
	if (['/sign-in', '/invitation'].includes(pathname)) return
	queryClient.clear()
	void router.navigate({ to: '/sign-in', search: { to: href } })
}
