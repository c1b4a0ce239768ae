import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '../api/client.ts'
import type { paths } from '../api/schema.gen.ts'

export type Session = paths['/v1/admin/sessions']['get']['responses'][200]['content']['application/json']['data'][number]

export const sessionsQuery = queryOptions({
	queryKey: ['own-sessions'],
	queryFn: () => answerOf(api.GET('/v1/admin/sessions')),
})

function useReread() {
	const queryClient = useQueryClient()
	return () => void queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey })
}

export function useEndSession() {
	const onSettled = useReread()
	return useMutation({
		mutationFn: (id: string) => answerOf(api.DELETE('/v1/admin/sessions/{id}', { params: { path: { id } } })),
		onSettled,
	})
}

export type PasswordChange = { readonly current_password: string; readonly password: string; readonly totp: string }

export function useChangePassword() {
	const onSettled = useReread()
	return useMutation({
		mutationFn: (body: PasswordChange) => answerOf(api.PUT('/v1/admin/me/password', { body })),
		onSettled,
	})
}
