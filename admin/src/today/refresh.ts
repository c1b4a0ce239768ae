import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { useLive } from '../api/live.ts'

/** However much happens, figures are read anew this seldom. */
const REFRESH_MIN_MS = 5_000

/** Reads the figures anew when something has happened: soon after the first event, then at most each 5 seconds. */
export function useRefreshByStream(): void {
	const client = useQueryClient()
	const timer = useRef<number | undefined>(undefined)
	const last = useRef(0)
	const refresh = useCallback(() => {
		if (timer.current !== undefined) return
		const waitMs = Math.max(0, last.current + REFRESH_MIN_MS - performance.now())
		timer.current = window.setTimeout(() => {
			timer.current = undefined
			last.current = performance.now()
			void client.invalidateQueries({ queryKey: ['stats'], predicate: ({ queryKey }) => queryKey[1] !== 'week ago' })
		}, waitMs)
	}, [client])
	useLive(refresh, refresh)
	useEffect(() => () => window.clearTimeout(timer.current), [])
}
