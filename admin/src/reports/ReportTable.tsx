import { type Formats, useFormats } from '../i18n/formats.ts'
import { useTexts, type WordsOf } from '../i18n/texts.ts'
import { Badge, type Tone } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { DownloadIcon } from '../ui/icons.tsx'
import { FileButton } from '../ui/FileButton.tsx'
import { useToasts } from '../ui/toasts.ts'
import { fileOf, type Report, useCancel } from './reports.ts'
import styles from './reports.module.css'
import { reportTexts } from './texts.ts'

export function ReportTable({ reports }: { reports: readonly Report[] }) {
	const t = useTexts(reportTexts)
	const { moment } = useFormats()
	return <DataTable caption={t.list} rows={reports} rowKey={({ report_id: id }) => id} columns={columnsOf(t, moment)} />
}

/** A moment before: the end of a period does not belong to it, its last day does. */
const lastOf = (end: string): string => new Date(Date.parse(end) - 1).toISOString()

function PeriodOf({ report: { from, to } }: { report: Report }) {
	const t = useTexts(reportTexts)
	const { day } = useFormats()
	const parts = [from === null ? '' : t.since(day(from)), to === null ? '' : t.until(day(lastOf(to)))].filter(Boolean)
	return parts.length === 0 ? t.all : parts.join(' ')
}

const TONES: Readonly<Record<Report['status'], Tone>> = {
	pending: 'neutral',
	running: 'info',
	completed: 'accent',
	failed: 'danger',
	expired: 'neutral',
}

function Status({ report }: { report: Report }) {
	const t = useTexts(reportTexts)
	const { status, error, number, lines, estimate } = report
	const cancelled = error?.code === 'cancelled'
	return (
		<div className={styles['status']}>
			<Badge tone={cancelled ? 'neutral' : TONES[status]}>{cancelled ? t.cancelledStatus : t[status]}</Badge>
			{status === 'running' && (
				<progress
					className={styles['progress']}
					aria-label={t.progress(number)}
					{...(estimate && { value: lines, max: Math.max(estimate.lines_total, 1) })}
				/>
			)}
			{error && !cancelled && <p className={styles['why']}>{error.message}</p>}
		</div>
	)
}

function Content({ report: { status, lines, bytes, estimate } }: { report: Report }) {
	const t = useTexts(reportTexts)
	const format = useFormats()
	if (status === 'running') {
		return (
			<div className={styles['numbers']}>
				{estimate ? t.soFar(format.number(lines), format.number(estimate.lines_total)) : t.lines(lines)}
				{typeof estimate?.seconds_left === 'number' && (
					<p className={styles['why']}>{t.left(format.duration(estimate.seconds_left))}</p>
				)}
			</div>
		)
	}
	if (status === 'pending' || status === 'failed') return '—'
	return (
		<div className={styles['numbers']}>
			{t.lines(lines)}
			<p className={styles['why']}>{format.bytes(bytes)}</p>
		</div>
	)
}

function Who({ report: { requested_by: who } }: { report: Report }) {
	const t = useTexts(reportTexts)
	const name = who.name ?? t.unknown
	return <span className={styles['long']}>{who.type === 'service' ? t.service(name) : name}</span>
}

function Action({ report }: { report: Report }) {
	const t = useTexts(reportTexts)
	const { done, failed } = useToasts()
	const cancel = useCancel()
	const { report_id: id, number, status } = report
	if (status === 'completed') {
		return (
			<FileButton href={fileOf(report)} aria-label={t.downloadOf(number)} icon={<DownloadIcon />}>
				{t.download}
			</FileButton>
		)
	}
	if (status !== 'pending' && status !== 'running') return '—'
	return (
		<Button
			size="small"
			aria-label={t.cancelOf(number)}
			busy={cancel.isPending}
			onClick={() => cancel.mutate(id, { onSuccess: () => done(t.cancelled(number)), onError: failed })}
		>
			{t.cancel}
		</Button>
	)
}

type Words = WordsOf<typeof reportTexts>

const columnsOf = (t: Words, moment: Formats['moment']): readonly Column<Report>[] => [
	{ id: 'number', head: t.number, rowHead: true, cell: ({ number }) => t.name(number) },
	{ id: 'period', head: t.period, cell: (report) => <PeriodOf report={report} /> },
	{ id: 'status', head: t.status, cell: (report) => <Status report={report} /> },
	{ id: 'content', head: t.content, cell: (report) => <Content report={report} /> },
	{ id: 'who', head: t.who, cell: (report) => <Who report={report} /> },
	{ id: 'when', head: t.when, cell: ({ requested_at: at }) => moment(at) },
	{ id: 'actions', head: t.actions, cell: (report) => <Action report={report} /> },
]
