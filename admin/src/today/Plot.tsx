import { type RefObject, useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import styles from './Plot.module.css'

export type Line = {
	readonly label: string
	/** One for each moment; null: nothing is known there. */
	readonly values: readonly (number | null)[]
	readonly tone: 'accent' | 'muted' | 'danger'
	/** The first line of a plot is what it is about: it is filled, the others are compared with it. */
	readonly dashed?: boolean
}

export type PlotProps = {
	/** In milliseconds, in order. */
	readonly moments: readonly number[]
	readonly lines: readonly Line[]
	/** Steps of the first line as bars: for days. */
	readonly bars: boolean
	readonly tick: (moment: number) => string
	readonly amount: (value: number) => string
	/** Which moment is pointed at. */
	readonly onPoint: (index: number | null) => void
}

const HEIGHT = 240
const AXIS_HEIGHT = 28
const AXIS_WIDTH = 56
const TICK_SPACE = 64
/** Above, to the right, below, to the left, beside the axes. */
const PADDING: uPlot.Padding = [10, 12, 0, 0]
const HEADROOM = 1.08
const WIDTH = 2
/** Whole numbers only: there is no half an order. */
const STEPS = [1, 2, 5].flatMap((digit) => Array.from({ length: 12 }, (_, power) => digit * 10 ** power)).sort((a, b) => a - b)

const TOKENS = {
	accent: '--color-accent',
	soft: '--color-accent-soft',
	muted: '--color-muted',
	danger: '--color-danger',
	line: '--color-line',
} as const
type Colors = Record<keyof typeof TOKENS, string>

/** The colours as they are now: a canvas knows nothing of tokens, nor of `light-dark()`. */
function readColors(place: HTMLElement): Colors {
	const probe = place.appendChild(document.createElement('span'))
	const read = (token: string): string => {
		probe.style.color = `var(${token})`
		return getComputedStyle(probe).color
	}
	const colors = {
		accent: read(TOKENS.accent),
		soft: read(TOKENS.soft),
		muted: read(TOKENS.muted),
		danger: read(TOKENS.danger),
		line: read(TOKENS.line),
	}
	probe.remove()
	return colors
}

/** Half a step more at both ends, so that the first and the last bar are whole. */
function widened(min: number, max: number, bars: number): [number, number] {
	const half = bars > 1 ? (max - min) / (bars - 1) / 2 : 0
	return [min - half, max + half]
}

/** Values with none beside them, through which no line goes: each is a point. */
function lonelyOf(values: readonly (number | null | undefined)[]): number[] {
	const known = (at: number) => values[at] !== null && values[at] !== undefined
	return [...values.keys()].filter((at) => known(at) && !known(at - 1) && !known(at + 1))
}

const dataOf = ({ moments, lines }: PlotProps): uPlot.AlignedData => [
	moments.map((moment) => moment / 1_000),
	...lines.map(({ values }) => [...values]),
]

function optionsOf(props: RefObject<PlotProps>, colors: RefObject<Colors>, width: number): uPlot.Options {
	const { lines, bars } = props.current
	const axis = {
		stroke: () => colors.current.muted,
		grid: { stroke: () => colors.current.line, width: 1 },
		ticks: { show: false },
	}
	const paths = uPlot.paths.bars?.({ size: [0.6, 48], radius: 0.2 })
	return {
		width,
		height: HEIGHT,
		legend: { show: false },
		cursor: { y: false, points: { size: 8 }, drag: { x: false, y: false } },
		padding: PADDING,
		scales: {
			x: { range: (_plot, min, max) => widened(min, max, bars ? props.current.moments.length : 0) },
			y: { range: (_plot, _min, max) => [0, Math.max(1, (max ?? 0) * HEADROOM)] },
		},
		axes: [
			{ ...axis, size: AXIS_HEIGHT, space: TICK_SPACE, values: (_plot, at) => at.map((s) => props.current.tick(s * 1_000)) },
			{ ...axis, size: AXIS_WIDTH, incrs: STEPS, values: (_plot, at) => at.map((value) => props.current.amount(value)) },
		],
		series: [
			{},
			...lines.map(({ label, tone, dashed }, index) => ({
				label,
				stroke: () => colors.current[tone],
				width: WIDTH,
				points: {
					show: false,
					size: 7,
					fill: () => colors.current[tone],
					filter: (plot: uPlot, series: number) => (bars && index === 0 ? null : lonelyOf([...(plot.data[series] ?? [])])),
				},
				...(dashed && { dash: [6, 5] }),
				...(index === 0 && { fill: () => colors.current[bars ? 'accent' : 'soft'] }),
				...(index === 0 && bars && paths && { paths }),
			})),
		],
		hooks: { setCursor: [({ cursor: { idx } }) => props.current.onPoint(idx ?? null)] },
	}
}

/** A plot of lines over time. It says nothing to who can't see it: a table goes with it. */
export default function Plot(given: PlotProps) {
	const place = useRef<HTMLDivElement>(null)
	const props = useRef(given)
	const plot = useRef<uPlot | undefined>(undefined)
	const colors = useRef<Colors>({ accent: '', soft: '', muted: '', danger: '', line: '' })

	useEffect(() => {
		props.current = given
		plot.current?.setData(dataOf(given))
	})

	useEffect(() => {
		const { current: element } = place
		if (element === null) return
		colors.current = readColors(element)
		const made = new uPlot(optionsOf(props, colors, element.clientWidth), dataOf(props.current), element)
		plot.current = made
		const sizes = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }))
		sizes.observe(element)
		return () => {
			sizes.disconnect()
			made.destroy()
			plot.current = undefined
		}
	}, [])

	useEffect(() => {
		const recolor = () => {
			if (place.current === null) return
			colors.current = readColors(place.current)
			plot.current?.redraw(false)
		}
		const dark = matchMedia('(prefers-color-scheme: dark)')
		dark.addEventListener('change', recolor)
		const chosen = new MutationObserver(recolor)
		chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
		return () => {
			dark.removeEventListener('change', recolor)
			chosen.disconnect()
		}
	}, [])

	return <div ref={place} className={styles['plot']} aria-hidden />
}
