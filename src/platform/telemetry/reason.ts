/** An error in words: also of those that hold theirs inside (several addresses tried, a request that failed), or only a code. */
export function reasonOf(error: unknown): string {
	if (error instanceof AggregateError && error.errors.length > 0) return [...new Set(error.errors.map(reasonOf))].join(', ')
	if (!(error instanceof Error)) return String(error)
	if (error.message === 'fetch failed' && error.cause !== undefined) return reasonOf(error.cause)
	// The line that JSON.parse counts is the only one it was given.
	if (error instanceof SyntaxError) return error.message.replace(/ \(line \d+ column \d+\)$/, '')
	if (error.message !== '') return error.message
	return 'code' in error ? String(error.code) : error.name
}
