const ends = new Set<() => Promise<void>>()

/** Has `end` called when the bench is broken off (Ctrl+C), so that nothing is left behind, until the function returned is called. */
export function atSignal(end: () => Promise<void>): () => void {
	ends.add(end)
	return () => void ends.delete(end)
}

async function endAll(): Promise<void> {
	// What was started last may need what was started before it.
	for (const end of [...ends].toReversed()) await end().catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
	process.exit(1)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void endAll())
