import { lazy, Suspense, useEffect, useState } from 'react'

/** The first screen goes first. */
const AFTER_MS = 1_000

const ToastRegion = lazy(async () => ({ default: (await import('./ToastRegion.tsx')).ToastRegion }))
const TooltipRegion = lazy(async () => ({ default: (await import('./TooltipRegion.tsx')).TooltipRegion }))

/** What lies over all screens and is not needed for the first one to be used: what controls tell of themselves, and what was done. */
export function Regions() {
	const [due, setDue] = useState(false)
	useEffect(() => {
		const timer = window.setTimeout(() => setDue(true), AFTER_MS)
		return () => window.clearTimeout(timer)
	}, [])
	if (!due) return null
	return (
		<Suspense>
			<ToastRegion />
			<TooltipRegion />
		</Suspense>
	)
}
