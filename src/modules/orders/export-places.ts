import type { Readable } from 'node:stream'
import { httpProblem } from '../../platform/http/problem.ts'
import { orderListProblem } from './list-problems.ts'

/** Exports that one process has under way: each is read as fast as its reader takes it. */
const EXPORTS_MAX = 4
const EXPORTS_OF_MEMBER_MAX = 2

/** The exports that are under way in this process. */
export type ExportPlaces = {
	/** Throws `too_many_exports` or, when others have all places or the process ends, `overloaded` or `unavailable`. */
	take(staffId: number): ExportPlace
	/** Ends all, and lets none begin. */
	close(): void
}
export type ExportPlace = {
	/** The stream that is cut when the process ends. */
	fill(stream: Readable): void
	/** Call it when nothing is written any more. */
	leave(): void
}

export function createExportPlaces(): ExportPlaces {
	const taken = new Map<ExportPlace, number>()
	const streams = new Map<ExportPlace, Readable>()
	let closed = false
	return {
		take(staffId) {
			if (closed) throw httpProblem('unavailable')
			const own = [...taken.values()].filter((id) => id === staffId).length
			if (own >= EXPORTS_OF_MEMBER_MAX) throw orderListProblem('too_many_exports', { limit: EXPORTS_OF_MEMBER_MAX })
			if (taken.size >= EXPORTS_MAX) throw httpProblem('overloaded')
			const place: ExportPlace = {
				fill: (stream) => void streams.set(place, stream),
				leave() {
					taken.delete(place)
					streams.delete(place)
				},
			}
			taken.set(place, staffId)
			return place
		},
		close() {
			closed = true
			for (const stream of streams.values()) stream.destroy(httpProblem('unavailable'))
		},
	}
}
