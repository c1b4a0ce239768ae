import './styles/base.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { router } from './router.ts'
import { showTheme } from './shell/theme.ts'
import { Toasts } from './ui/toasts.tsx'

// After an update the pieces that an old page asks for are gone: it is loaded anew.
window.addEventListener('vite:preloadError', () => location.reload())
showTheme()
const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
	<StrictMode>
		<CSPProvider disableStyleElements>
			<QueryClientProvider client={queryClient}>
				<Tooltip.Provider delay={300}>
					<Toasts>
						<RouterProvider router={router} />
					</Toasts>
				</Tooltip.Provider>
			</QueryClientProvider>
		</CSPProvider>
	</StrictMode>,
)
