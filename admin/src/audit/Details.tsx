import { useTexts } from '../i18n/texts.ts'
import { letterTexts } from '../letters/texts.ts'
import styles from './audit.module.css'
import type { AuditLine } from './audit.ts'
import { auditTexts } from './texts.ts'

/** Stands in the subject's name already. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(['number'])

/** What changed, in words where there are some. */
export function Details({ line: { action, details } }: { line: AuditLine }) {
	const t = useTexts(auditTexts)
	const letters = useTexts(letterTexts)
	const { from, status, ...rest } = details
	const step = typeof from === 'string' && typeof status === 'string' ? `${t.valueOf(from)} → ${t.valueOf(status)}` : undefined
	const others = Object.entries(step === undefined ? details : rest).filter(([key]) => !TOLD_ELSEWHERE.has(key))
	const words = (key: string, value: unknown): string => {
		if (typeof value === 'string' && key === 'reason' && action.startsWith('dead_letter_')) return letters.reasonOf(value)
		return wordsOf(value, t)
	}
	return (
		<ul className={styles['details']}>
			{step && <li>{step}</li>}
			{others.map(([key, value]) => (
				<li key={key}>
					<span className={styles['quiet']}>{t.detailOf(key)}:</span> {words(key, value)}
				</li>
			))}
		</ul>
	)
}

type Words = { readonly yes: string; readonly no: string; readonly valueOf: (value: string) => string }

function wordsOf(value: unknown, t: Words): string {
	if (typeof value === 'string') return t.valueOf(value)
	if (typeof value === 'boolean') return value ? t.yes : t.no
	if (value === null || value === undefined) return '—'
	if (Array.isArray(value)) return value.map((one) => wordsOf(one, t)).join(', ')
	if (typeof value === 'object')
		return (
			Object.entries(value)
				.map(([key, one]) => `${key} ${wordsOf(one, t)}`)
				.join(', ') || '—'
		)
	return String(value)
}
