import { useInfiniteQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { AuditFilters } from '../../audit/AuditFilters.tsx'
import styles from '../../audit/audit.module.css'
import { type AuditLine, type AuditSearch, auditQuery, readAuditSearch } from '../../audit/audit.ts'
import { Details } from '../../audit/Details.tsx'
import { Subject, useSubjectName } from '../../audit/Subject.tsx'
import { type AuditWords, auditTexts } from '../../audit/texts.ts'
import { type Formats, useFormats } from '../../i18n/formats.ts'
import { useTexts } from '../../i18n/texts.ts'
import { shellTexts } from '../../shell/texts.ts'
import { Breaking } from '../../ui/Breaking.tsx'
import { Button } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { SearchIcon } from '../../ui/icons.tsx'
import { MorePages } from '../../ui/MorePages.tsx'
import { Card, Page } from '../../ui/Page.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/States.tsx'

export const Route = createFileRoute('/_desk/audit')({ validateSearch: readAuditSearch, component: Screen })

function Screen() {
	const t = useTexts(auditTexts)
	const shell = useTexts(shellTexts)
	const search = Route.useSearch()
	const navigate = Route.useNavigate()
	const list = useInfiniteQuery(auditQuery(search))
	const lines = list.data?.pages.flatMap(({ data }) => data) ?? []
	const change = (next: AuditSearch) => void navigate({ search: next })
	return (
		<Page title={shell.audit} lead={t.lead}>
			<AuditFilters search={search} lines={lines} onChange={change} />
			<Card>
				{list.isPending && <Loading />}
				{list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
				{list.data && lines.length === 0 && (
					<EmptyState title={t.emptyTitle} action={<Button onClick={() => change({})}>{t.reset}</Button>}>
						{t.emptyText}
					</EmptyState>
				)}
				{lines.length > 0 && (
					<>
						<Lines lines={lines} search={search} />
						<MorePages {...list} />
					</>
				)}
			</Card>
		</Page>
	)
}

const columnsOf = (t: AuditWords, formats: Formats, search: AuditSearch): readonly Column<AuditLine>[] => [
	{
		id: 'when',
		head: t.when,
		cell: ({ at }) => (
			<time dateTime={at} className={styles['when']}>
				{formats.moment(at)}
			</time>
		),
	},
	{ id: 'who', head: t.who, cell: (line) => <Who line={line} search={search} /> },
	{ id: 'what', head: t.what, rowHead: true, cell: ({ action }) => t.actionOf(action) },
	{
		id: 'subject',
		head: t.subject,
		cell: (line) => (
			<div className={styles['subject']}>
				<Subject line={line} />
				<OnlySubject line={line} search={search} />
			</div>
		),
	},
	{ id: 'details', head: t.details, cell: (line) => <Details line={line} /> },
]

function Lines({ lines, search }: { lines: readonly AuditLine[]; search: AuditSearch }) {
	const t = useTexts(auditTexts)
	const formats = useFormats()
	return <DataTable caption={t.table} columns={columnsOf(t, formats, search)} rows={lines} rowKey={({ id }) => id} />
}

/** Who did it; leads to all that they did. */
function Who({ line: { staff }, search }: { line: AuditLine; search: AuditSearch }) {
	const t = useTexts(auditTexts)
	const name = staff === null ? t.commandLine : (staff.email ?? t.person(staff.id))
	const id = staff?.id ?? 0
	if (search.staff_id === id)
		return (
			<span className={styles['who']}>
				<Breaking>{name}</Breaking>
			</span>
		)
	return (
		<Link to="/audit" search={{ ...search, staff_id: id }} className={styles['who']}>
			<Breaking>{name}</Breaking>
		</Link>
	)
}

/** Leads to all that was done to the same. */
function OnlySubject({ line: { subject, details }, search }: { line: AuditLine; search: AuditSearch }) {
	const t = useTexts(auditTexts)
	const name = useSubjectName()(subject, details)
	const { type, id } = subject
	if (search.subject_type === type && search.subject_id === id) return null
	return (
		<Link
			to="/audit"
			search={{ subject_type: type, subject_id: id }}
			className={styles['only']}
			aria-label={t.history(name)}
			title={t.history(name)}
		>
			<SearchIcon />
		</Link>
	)
}
