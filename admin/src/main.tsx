import './styles/base.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { router } from './router.ts'
import { meQuery } from './session/me.ts'
import { showTheme } from './shell/theme.ts'
import { Regions } from './ui/Regions.tsx'

/** A page that is younger would be no other one when it is loaded anew. */
const RELOAD_AFTER_MS = 10_000

// After an update the pieces that an old page asks for are gone: it is loaded anew. Without a network it stays, with what was typed.
window.addEventListener('vite:preloadError', () => {
	if (performance.now() < RELOAD_AFTER_MS) return
	fetch(location.href, { method: 'HEAD' }).then(
		({ ok }) => ok && location.reload(),
		() => undefined,
	)
})
showTheme()
// What the first screen needs is asked for at once, not one thing after the other.
const [screens] = router.getMatchedRoutes(router.latestLocation.pathname)
for (const screen of screens) void router.loadRouteChunk(screen)
if (screens.some(({ id }) => id === '/_desk')) void queryClient.prefetchQuery(meQuery)
const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
	<StrictMode>
		<CSPProvider disableStyleElements>
			<QueryClientProvider client={queryClient}>
				<RouterProvider router={router} />
				<Regions />
			</QueryClientProvider>
		</CSPProvider>
	</StrictMode>,
)
