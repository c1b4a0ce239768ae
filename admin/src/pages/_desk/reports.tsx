import { useInfiniteQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { reportsQuery, useLiveReports } from '../../reports/reports.ts'
import { ReportTable } from '../../reports/ReportTable.tsx'
import { RequestReport } from '../../reports/RequestReport.tsx'
import { reportTexts } from '../../reports/texts.ts'
import { useRoleReason } from '../../session/me.ts'
import { shellTexts } from '../../shell/texts.ts'
import { Button } from '../../ui/Button.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { MorePages } from '../../ui/MorePages.tsx'
import { Card, Page } from '../../ui/Page.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/States.tsx'

export const Route = createFileRoute('/_desk/reports')({ component: Screen })

function Screen() {
	const t = useTexts(reportTexts)
	const shell = useTexts(shellTexts)
	const reason = useRoleReason()('manager')
	const [asking, setAsking] = useState(false)
	const request = (
		<Button kind="primary" icon={<PlusIcon />} disabledReason={reason} onClick={() => setAsking(true)}>
			{t.request}
		</Button>
	)
	return (
		<Page title={shell.reports} lead={t.lead} actions={request}>
			<List />
			{asking && <RequestReport onClose={() => setAsking(false)} />}
		</Page>
	)
}

function List() {
	const t = useTexts(reportTexts)
	const list = useInfiniteQuery(reportsQuery)
	useLiveReports()
	const reports = list.data?.pages.flatMap(({ data }) => data) ?? []
	return (
		<Card>
			{list.isPending && <Loading />}
			{list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
			{list.data && reports.length === 0 && <EmptyState title={t.empty}>{t.emptyText}</EmptyState>}
			{reports.length > 0 && (
				<>
					<ReportTable reports={reports} />
					<MorePages {...list} />
				</>
			)}
		</Card>
	)
}
