import { createFileRoute, Outlet, redirect } from '@tanstack/react-router'
import { ApiError } from '../api/problems.ts'
import { meQuery } from '../session/me.ts'
import { Shell } from '../shell/Shell.tsx'

/** Everything behind the sign-in. Whoever comes by a link and is not signed in goes on to it afterwards. */
export const Route = createFileRoute('/_desk')({
	async beforeLoad({ context: { queryClient }, location }) {
		try {
			await queryClient.ensureQueryData(meQuery)
		} catch (error) {
			if (error instanceof ApiError && error.status === 401) {
				throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { to: location.href } })
			}
			throw error
		}
	},
	component: () => (
		<Shell>
			<Outlet />
		</Shell>
	),
})
