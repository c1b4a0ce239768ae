import { useTexts } from '../i18n/texts.ts'
import { letterTexts } from '../letters/texts.ts'
import styles from './audit.module.css'
import type { AuditLine } from './audit.ts'
import { type AuditWords, auditTexts } from './texts.ts'

/** Stands in the subject's name already. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(['number'])

/** What changed, in words where there are some. */
export function Details({ line: { action, details } }: { line: AuditLine }) {
	const t = useTexts(auditTexts)
	const letters = useTexts(letterTexts)
	const step = stepOf(action, details)
	const others = Object.entries(step?.rest ?? details).filter(([key]) => !TOLD_ELSEWHERE.has(key))
	const words = (key: string, value: unknown): string => {
		if (typeof value === 'string' && key === 'reason' && action.startsWith('dead_letter_')) return letters.reasonOf(value)
		return wordsOf(value, t)
	}
	if (step === undefined && others.length === 0) return '—'
	return (
		<ul className={styles['details']}>
			{step && (
				<li>
					{t.valueOf(step.from)} → {t.valueOf(step.to)}
				</li>
			)}
			{others.map(([key, value]) => (
				<li key={key}>
					<span className={styles['quiet']}>{t.detailOf(key)}:</span> {words(key, value)}
				</li>
			))}
		</ul>
	)
}

/** What it was and what it became, of a status or a role. */
function stepOf(action: AuditLine['action'], { from, status, to, ...rest }: AuditLine['details']) {
	const next = action === 'order_status_changed' ? status : action === 'staff_role_changed' ? to : undefined
	return typeof from === 'string' && typeof next === 'string' ? { from, to: next, rest } : undefined
}

function wordsOf(value: unknown, t: AuditWords): string {
	if (typeof value === 'string') return t.valueOf(value)
	if (typeof value === 'boolean') return value ? t.yes : t.no
	if (value === null) return '—'
	if (Array.isArray(value)) return value.map((one) => wordsOf(one, t)).join(', ')
	if (typeof value === 'object')
		return (
			Object.entries(value)
				.map(([key, one]) => `${key} ${wordsOf(one, t)}`)
				.join(', ') || '—'
		)
	return JSON.stringify(value)
}
