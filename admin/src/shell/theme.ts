import { useSyncExternalStore } from 'react'

const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'prilavok.theme'
const listeners = new Set<() => void>()
const isTheme = (value: unknown): value is Theme => THEMES.some((theme) => theme === value)

const stored = localStorage.getItem(KEY)
let current: Theme = isTheme(stored) ? stored : 'system'

function show(theme: Theme): void {
	if (theme === 'system') delete document.documentElement.dataset['theme']
	else document.documentElement.dataset['theme'] = theme
}

/** To be called before anything is drawn. */
export const showTheme = (): void => show(current)

/** Light, dark, or what the system says; kept for the next visit. */
export function setTheme(theme: Theme): void {
	current = theme
	localStorage.setItem(KEY, theme)
	show(theme)
	for (const listener of listeners) listener()
}

export const useTheme = (): Theme =>
	useSyncExternalStore(
		(listener) => {
			listeners.add(listener)
			return () => void listeners.delete(listener)
		},
		() => current,
	)
