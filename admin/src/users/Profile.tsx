import { useFormats } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Card, Facts } from '../ui/Page.tsx'
import { userTexts } from './texts.ts'
import type { User } from './users.ts'
import styles from './users.module.css'

export function Profile({ user }: { user: User }) {
	const t = useTexts(userTexts)
	const { moment } = useFormats()
	const { name, phone, email, locale, consented_at, blocked_at, blocked_by, blocked_reason } = user
	return (
		<Card title={t.profile}>
			<Facts
				facts={[
					[t.name, name],
					[
						t.phone,
						<span key="phone" className={styles['name']}>
							<a className={styles['phone']} href={`tel:${phone}`}>
								{phone}
							</a>
							<CopyButton kind="quiet" size="small" text={phone} />
						</span>,
					],
					[
						t.email,
						<a key="email" className={styles['long']} href={`mailto:${email}`}>
							{email}
						</a>,
					],
					[t.language, locale === 'ru' ? t.ru : t.en],
					[t.registered, moment(user.created_at)],
					[t.consent, moment(consented_at)],
					blocked_at !== null && [t.blockedSince, moment(blocked_at)],
					blocked_by !== null && [
						t.blockedBy,
						<span key="by" className={styles['long']}>
							{blocked_by.email ?? t.gone(blocked_by.id)}
						</span>,
					],
					blocked_reason !== null && [t.reason, blocked_reason],
				]}
			/>
		</Card>
	)
}
