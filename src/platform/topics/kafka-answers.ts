import { protocolErrorsCodesById } from '@platformatic/kafka'

/** `stored`, or the name of the broker's error. */
export type PartitionAnswer = string

/**
 * What the brokers said of each partition (`topic/partition`) in a send that failed. The client throws one error for all, in
 * which stand the answers of each broker and attempt, and beside them what was stored elsewhere.
 */
export function answersOf(error: unknown): ReadonlyMap<string, PartitionAnswer> {
	const answers = new Map<string, PartitionAnswer>()
	collect(error, (place, answer) => {
		// An attempt after one that was stored says so again, or nothing that matters.
		if (answers.get(place) !== 'stored') answers.set(place, answer)
	})
	return answers
}

function collect(error: unknown, add: (place: string, answer: PartitionAnswer) => void): void {
	for (const { topic, partition } of list(error, 'produced', 'offsets')) add(`${String(topic)}/${String(partition)}`, 'stored')
	for (const response of list(error, 'response', 'responses')) {
		for (const { index, errorCode } of list(response, 'partitionResponses')) {
			const code = Number(errorCode)
			add(
				`${String(response['name'])}/${String(index)}`,
				code === 0 ? 'stored' : (protocolErrorsCodesById[code] ?? `error ${code}`),
			)
		}
	}
	for (const inner of list(error, 'errors')) collect(inner, add)
}

/** The objects in the array at a path; none where there is no such thing. */
function list(from: unknown, ...path: readonly string[]): Record<string, unknown>[] {
	const found = path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), from)
	return Array.isArray(found) ? found.filter(isObject) : []
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
