import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

const Serving = Type.Object({ told: Type.Literal('serving'), url: Type.String() })
const Failed = Type.Object({ told: Type.Literal('failed'), reason: Type.String() })
const Reading = Type.Object({ told: Type.Literal('metrics'), metrics: Type.Array(Type.Object({ name: Type.String() })) })
const Told = Type.Union([Serving, Failed, Reading])

/**
 * What a member tells the first process: that it serves, and where; why it could not start; what it has counted, as prom-client
 * writes it down.
 */
export type Told = Static<typeof Told>
/** The metrics of one process, as prom-client's `getMetricsAsJSON` gives them. */
export type MetricsReading = Static<typeof Reading>['metrics']

/** The only thing that the first process asks in words; to close is said by SIGTERM. */
export const ASK_FOR_METRICS = 'metrics?'

/** What was told; undefined where a message is none of ours. */
export const readTold = (message: unknown): Told | undefined => (Value.Check(Told, message) ? message : undefined)
