import { useQuery } from '@tanstack/react-query'
import { isCode } from '../api/problems.ts'
import { useFormats } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import { Badge } from '../ui/Badge.tsx'
import { BackIcon } from '../ui/icons.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Columns, Page, Stack } from '../ui/Page.tsx'
import { EmptyState, ErrorState, Loading } from '../ui/States.tsx'
import { Profile } from './Profile.tsx'
import { userTexts } from './texts.ts'
import { UserActions } from './UserActions.tsx'
import { UserOrders } from './UserOrders.tsx'
import { type User, userQuery } from './users.ts'
import styles from './users.module.css'
import { UserSessions } from './UserSessions.tsx'

/** One user: who they are, what they ordered, where they are signed in, and what may be done. */
export function UserScreen({ id }: { id: number }) {
	const t = useTexts(userTexts)
	const { data: user, error, refetch } = useQuery(userQuery(id))
	if (isCode(error, 'user_erased')) return <Erased id={id} at={String(error.problem['erased_at'])} />
	if (user) return <Shown user={user} />
	return (
		<Page title={t.number(id)} actions={<Back />}>
			{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />}
		</Page>
	)
}

function Shown({ user }: { user: User }) {
	const t = useTexts(userTexts)
	const { day } = useFormats()
	const lead = (
		<span className={styles['lead']}>
			<span>{t.number(user.id)}</span>
			<span>{t.since(day(user.created_at))}</span>
			{user.blocked && <Badge tone="danger">{t.blocked}</Badge>}
		</span>
	)
	return (
		<Page title={user.name} lead={lead} actions={<UserActions user={user} />}>
			<Columns wide="second">
				<Profile user={user} />
				<Stack>
					<UserOrders id={user.id} />
					<UserSessions id={user.id} />
				</Stack>
			</Columns>
		</Page>
	)
}

const Back = () => {
	const t = useTexts(userTexts)
	return (
		<LinkButton to="/users">
			<BackIcon />
			{t.back}
		</LinkButton>
	)
}

/** Their orders are still there, of nobody. */
function Erased({ id, at }: { id: number; at: string }) {
	const t = useTexts(userTexts)
	const { moment } = useFormats()
	return (
		<Page title={t.number(id)} actions={<Back />}>
			<EmptyState title={t.erasedTitle}>{t.erasedText(moment(at))}</EmptyState>
			<UserOrders id={id} />
		</Page>
	)
}
