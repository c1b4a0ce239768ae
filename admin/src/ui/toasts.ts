import { useErrorText } from '../api/problems.ts'

/** Short words about what was done, or that it was not. */
export type Told = { readonly text: string; readonly failed: boolean }

let waiting: readonly Told[] = []
const listeners = new Set<() => void>()

/** What was told and is not shown yet: the piece that shows it comes after the first screen. */
export const waitingToasts = {
	read: (): readonly Told[] => waiting,
	/** Takes them, to show them. */
	take(): readonly Told[] {
		const taken = waiting
		waiting = []
		return taken
	},
	subscribe(listener: () => void): () => void {
		listeners.add(listener)
		return () => void listeners.delete(listener)
	},
}

function tell(told: Told): void {
	waiting = [...waiting, told]
	for (const listener of listeners) listener()
}

/** Tells of something that was done, or that it was not. */
export function useToasts(): { done(text: string): void; failed(error: unknown): void } {
	const errorText = useErrorText()
	return {
		done: (text) => tell({ text, failed: false }),
		failed: (error) => tell({ text: errorText(error), failed: true }),
	}
}
