import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useFormats } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Card, Page } from '../ui/Page.tsx'
import { EmptyState, ErrorState, Loading } from '../ui/States.tsx'
import { Now, Sums } from './Now.tsx'
import type { Line } from './Plot.tsx'
import { type Period, PERIODS } from './period.ts'
import { PlotCard } from './PlotCard.tsx'
import { useRefreshByStream } from './refresh.ts'
import { Stays } from './Stays.tsx'
import { type Stats, statsQuery, type Step, weekAgoQuery } from './stats.ts'
import styles from './Today.module.css'
import { todayTexts } from './texts.ts'
import { Waiting } from './Waiting.tsx'

/** The shop at a glance. */
export function TodayScreen({ period }: { period: Period }) {
	const t = useTexts(todayTexts)
	const { data: stats, error, refetch } = useQuery(statsQuery(period))
	const { data: weekAgo } = useQuery(weekAgoQuery(period === 'today'))
	useRefreshByStream()
	return (
		<Page title={t.title} actions={<Periods chosen={period} />}>
			{error && stats === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
			{!error && stats === undefined && <Loading lines={12} />}
			{stats && <Figures stats={stats} weekAgo={period === 'today' ? weekAgo : undefined} period={period} />}
		</Page>
	)
}

function Periods({ chosen }: { chosen: Period }) {
	const t = useTexts(todayTexts)
	return (
		<nav aria-label={t.period} className={styles['periods']}>
			{PERIODS.map((period) => (
				<LinkButton
					key={period}
					to="/"
					search={period === 'today' ? {} : { period }}
					aria-current={period === chosen ? 'page' : undefined}
					{...(period === chosen && { kind: 'primary' as const })}
				>
					{t[period]}
				</LinkButton>
			))}
		</nav>
	)
}

function Figures({ stats, weekAgo, period }: { stats: Stats; weekAgo: Stats | undefined; period: Period }) {
	const t = useTexts(todayTexts)
	if (stats.now.every(({ orders }) => orders === 0)) {
		return (
			<>
				<Card>
					<EmptyState title={t.emptyTitle}>{t.emptyText}</EmptyState>
				</Card>
				<Waiting stats={stats} />
			</>
		)
	}
	return (
		<>
			<Now stats={stats} />
			<Card title={period === 'today' ? t.today : t.sums}>
				<Sums stats={stats} />
			</Card>
			<Plots stats={stats} weekAgo={weekAgo} period={period} />
			<div className={styles['tables']}>
				<Stays stats={stats} />
				<Waiting stats={stats} />
			</div>
		</>
	)
}

function Plots({ stats, weekAgo, period }: { stats: Stats; weekAgo: Stats | undefined; period: Period }) {
	const t = useTexts(todayTexts)
	const formats = useFormats()
	const { step, series, currency } = stats
	const moments = useMemo(() => series.map(({ at }) => Date.parse(at)), [series])
	const isHourOfDay = period === 'today'
	const iso = (moment: number) => new Date(moment).toISOString()
	const tick = (moment: number) => (isHourOfDay ? formats.time(iso(moment)) : formats.shortDay(iso(moment)))
	const name = (moment: number) =>
		isHourOfDay ? formats.time(iso(moment)) : step === 'hour' ? formats.moment(iso(moment)) : formats.day(iso(moment))
	const linesOf = (placed: 'placed' | 'placed_total', cancelled: 'cancelled' | 'cancelled_total'): Line[] => {
		const known = (key: keyof Omit<Step, 'at'>) => series.map((row) => (Date.parse(row.at) > Date.now() ? null : row[key]))
		return [
			{ label: isHourOfDay ? t.lineToday : t.linePlaced, tone: 'accent', values: known(placed) },
			...(isHourOfDay && weekAgo
				? [{ label: t.lineWeekAgo, tone: 'muted' as const, dashed: true, values: weekAgo.series.map((row) => row[placed]) }]
				: []),
			{ label: t.lineCancelled, tone: 'danger', values: known(cancelled) },
		]
	}
	const common = { moments, bars: step === 'day', tick, name, amount: formats.short }
	return (
		<div className={styles['columns']}>
			<PlotCard {...common} title={t.ordersByTime} lines={linesOf('placed', 'cancelled')} value={formats.number} />
			<PlotCard
				{...common}
				title={t.sumByTime}
				lines={linesOf('placed_total', 'cancelled_total')}
				value={(sum) => formats.money(sum, currency)}
			/>
		</div>
	)
}
