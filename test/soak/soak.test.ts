import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { suite, test } from 'node:test'
import { parseArgs } from 'node:util'
import { failedIn, type Seen } from '../support/book.ts'
import { eventually } from '../support/eventually.ts'
import { assertNothingIsLost } from '../support/load.ts'
import { keepPace } from '../support/pace.ts'
import { countOf, type Look, lookAt } from './looks.ts'
import { type MixedLoad, startMixedLoad } from './mixed-load.ts'
import { type SoakedService, startSoakedService } from './service.ts'
import { judge, JUDGED_FROM_MIN, tableOf } from './verdict.ts'

/** `npm run soak [-- --minutes 60 --workers 1 --seed n]`. */
const { values } = parseArgs({
	options: {
		minutes: { type: 'string', default: '60' },
		workers: { type: 'string', default: '1' },
		seed: { type: 'string', default: String(randomInt(2 ** 31)) },
	},
})
const [minutes, workers, seed] = [Number(values.minutes), Number(values.workers), Number(values.seed)]
if (!(minutes > 0) || !(workers >= 1) || !Number.isSafeInteger(seed)) throw new Error('--minutes n, --workers n, --seed n')

const LOOK_EVERY_S = 10
const OUTBOX_EMPTY_WITHIN_MS = 10_000
const MS_PER_MIN = 60_000
/** Of what was due: where more is left out, the service has not had the load under which growth is judged. */
const LEFT_OUT_SHARE_MAX = 0.05

const say = (text: string) => process.stdout.write(`${text}\n`)

type Soaked = {
	readonly looks: readonly Look[]
	/** How often each status came. */
	readonly answers: Map<number, number>
	/** Connections that broke, and answers of 5xx. */
	readonly failed: readonly Seen[]
	readonly load: MixedLoad
}

/** Looks each ten seconds, and tells each minute how it goes. */
async function soak(service: SoakedService): Promise<Soaked> {
	const looks: Look[] = []
	const answers = new Map<number, number>()
	const over = new AbortController()
	const load = await startMixedLoad(service, seed, over.signal)
	const failed: Seen[] = []
	const count = () => {
		failed.push(...failedIn(load.book))
		for (const { status } of load.book.seen.splice(0)) answers.set(status, (answers.get(status) ?? 0) + 1)
	}
	const startedAt = performance.now()
	const looking = { perSecond: 1 / LOOK_EVERY_S, atOnceMax: 1 }
	const fail = Promise.withResolvers<never>()
	const watching = keepPace(
		looking,
		over.signal,
		async (turn) => {
			const atMin = (performance.now() - startedAt) / MS_PER_MIN
			const figures = await lookAt(service)
			looks.push({ atMin, figures })
			count()
			if (turn % (60 / LOOK_EVERY_S) === 0) say(`${atMin.toFixed(1)} min: ${progressOf(figures, answers, load)}`)
		},
		fail.reject,
	)
	const timer = setTimeout(() => over.abort(), minutes * MS_PER_MIN)
	try {
		await Promise.race([Promise.all([load.done, watching]), fail.promise])
	} finally {
		clearTimeout(timer)
		over.abort()
	}
	count()
	return { looks, answers, failed, load }
}

function progressOf(figures: Look['figures'], answers: ReadonlyMap<number, number>, { faults }: MixedLoad): string {
	const memory = Object.entries(figures).filter(([name]) => name.startsWith('RSS of'))
	const told = [...memory, ...answers].map(([name, value]) => `${name} ${Math.round(value)}`)
	return `${told.join('; ')}; faults ${faults.count}`
}

suite('A shop that is in use for long', () => {
	test(`answers everybody, and grows by nothing: ${minutes} min`, async () => {
		say(`seed ${seed}`)
		const service = await startSoakedService(workers)
		const { looks, answers, failed, load } = await soak(service)
		const [verdict, { paced, live }] = [judge(looks, minutes), await load.done]
		say(tableOf(verdict))
		if (!verdict.judged) say(`Nothing is said of growth: that takes ${JUDGED_FROM_MIN} minutes or more.`)
		for (const [name, { begun, leftOut }] of Object.entries(paced)) say(`${name}: ${begun} begun, ${leftOut} left out`)
		say(`live streams: ${live.opened} opened, ${live.told} events told`)
		say(`answers: ${[...answers].map(([status, count]) => `${count} × ${status === 0 ? 'no connection' : status}`).join(', ')}`)
		say(`faults: ${load.faults.count} ${load.faults.first.join('\n')}`)

		await eventually(
			async () => assert.equal(await countOf(service.sql, 'outbox'), 0, 'the outbox is empty'),
			OUTBOX_EMPTY_WITHIN_MS,
		)
		say(await assertNothingIsLost(service, load.book))
		await service.stop()
		const complaints = await service.complaints()
		say(`warnings and errors in the log: ${[...complaints].map(([text, count]) => `${count} × ${text}`).join(', ') || 'none'}`)

		assert.deepEqual(load.faults, { count: 0, first: [] }, 'what went wrong')
		assert.deepEqual(failed, [], 'connections that broke, and answers of 5xx')
		for (const [name, { begun, leftOut }] of Object.entries(paced))
			assert.ok(!verdict.judged || leftOut <= LEFT_OUT_SHARE_MAX * (begun + leftOut), `${name}: the load could not be kept up`)
		assert.deepEqual(
			verdict.rows.filter(({ isBroken }) => isBroken),
			[],
			'what grows, or is there and should not be',
		)
	})
})
