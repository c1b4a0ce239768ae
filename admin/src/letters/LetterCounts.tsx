import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import styles from './letters.module.css'
import { countsQuery, type LetterSearch } from './letters.ts'
import { letterTexts } from './texts.ts'

/** How many wait, by topic and reason; each leads to those. */
export function LetterCounts({ search }: { search: LetterSearch }) {
	const t = useTexts(letterTexts)
	const formats = useFormats()
	const { data } = useQuery(countsQuery)
	if (data === undefined || data.data.length === 0) return null
	return (
		<nav aria-label={t.counts}>
			<ul className={styles['counts']}>
				{data.data.map(({ topic, reason, letters, more, newest_at }) => {
					const here = search.topic === topic && search.reason === reason && search.state === undefined
					return (
						<li key={`${topic} ${reason}`}>
							<Link
								to="/dead-letters"
								search={here ? {} : { topic, reason }}
								className={styles['count']}
								aria-current={here ? 'true' : undefined}
							>
								<span className={styles['countNumber']}>{t.countOf(formats.number(letters), more)}</span>
								<span className={styles['countReason']}>{t.reasonOf(reason)}</span>
								<span className={styles['countTopic']}>{topic}</span>
								<span className={styles['countTopic']}>{t.newest(formats.ago(newest_at))}</span>
							</Link>
						</li>
					)
				})}
			</ul>
		</nav>
	)
}
