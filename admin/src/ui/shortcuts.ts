import { useEffect, useRef, useSyncExternalStore } from 'react'

export type Shortcut = {
	/** `/`, `j`, `?`, `Enter`, or `Ctrl+K`, which is ⌘K on a Mac. Letters by their place on the keyboard, whatever its language. */
	readonly keys: string
	/** What it does, for the list of keys. */
	readonly label: string
	readonly run: (event: KeyboardEvent) => void
}

type Group = { readonly current: readonly Shortcut[] }
let active: readonly Group[] = []
const listeners = new Set<() => void>()

function setActive(next: typeof active): void {
	active = next
	for (const listener of listeners) listener()
}

const typesText = (target: EventTarget | null): boolean =>
	target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type="checkbox"]), textarea, select'))

/** The key's name. With a Russian layout `j` types `о`: a letter is told by the key that was pressed. */
function keyOf(event: KeyboardEvent): string {
	const letter = /^Key([A-Z])$/.exec(event.code)?.[1]
	const key = letter?.toLowerCase() ?? event.key
	return event.ctrlKey || event.metaKey ? `Ctrl+${key.toUpperCase()}` : key
}

function onKeyDown(event: KeyboardEvent): void {
	if (event.altKey || event.defaultPrevented) return
	const keys = keyOf(event)
	// A toast is a dialog too, of those that let one go on.
	const modal = document.querySelector('[role="dialog"]:not([aria-modal="false"])') !== null
	if (!keys.startsWith('Ctrl+') && (modal || typesText(event.target))) return
	const found = active
		.toReversed()
		.flatMap(({ current }) => current)
		.find((shortcut) => shortcut.keys === keys)
	if (found === undefined) return
	event.preventDefault()
	found.run(event)
}

/** Has keys do something while the component is there. Those of what was shown last come first. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
	const group = useRef(shortcuts)
	useEffect(() => {
		group.current = shortcuts
	})
	useEffect(() => {
		if (active.length === 0) document.addEventListener('keydown', onKeyDown)
		setActive([...active, group])
		return () => {
			setActive(active.filter((other) => other !== group))
			if (active.length === 0) document.removeEventListener('keydown', onKeyDown)
		}
	}, [])
}

/** The keys that do something on this screen. */
export const useActiveShortcuts = () =>
	useSyncExternalStore(
		(listener) => {
			listeners.add(listener)
			return () => void listeners.delete(listener)
		},
		() => active,
	)
