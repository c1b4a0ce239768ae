import { useInfiniteQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { useRoleReason } from '../../session/me.ts'
import { shellTexts } from '../../shell/texts.ts'
import { Invitations } from '../../staff/Invitations.tsx'
import { InviteStaff } from '../../staff/InviteStaff.tsx'
import { staffQuery } from '../../staff/staff.ts'
import { StaffTable } from '../../staff/StaffTable.tsx'
import { staffTexts } from '../../staff/texts.ts'
import { Button } from '../../ui/Button.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { MorePages } from '../../ui/MorePages.tsx'
import { Card, Page } from '../../ui/Page.tsx'
import { ErrorState, Loading } from '../../ui/States.tsx'

export const Route = createFileRoute('/_desk/staff')({ component: Screen })

function Screen() {
	const t = useTexts(staffTexts)
	const shell = useTexts(shellTexts)
	const reason = useRoleReason()('owner')
	const [inviting, setInviting] = useState(false)
	const list = useInfiniteQuery(staffQuery)
	const members = list.data?.pages.flatMap(({ data }) => data) ?? []
	const invite = (
		<Button kind="primary" icon={<PlusIcon />} disabledReason={reason} onClick={() => setInviting(true)}>
			{t.invite}
		</Button>
	)
	return (
		<Page title={shell.staff} lead={t.lead} actions={invite}>
			<Card>
				{list.isPending && <Loading />}
				{list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
				{members.length > 0 && (
					<>
						<StaffTable members={members} />
						<MorePages {...list} />
					</>
				)}
			</Card>
			{reason === undefined && <Invitations />}
			{inviting && <InviteStaff onClose={() => setInviting(false)} />}
		</Page>
	)
}
