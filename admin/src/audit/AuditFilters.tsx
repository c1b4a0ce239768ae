import { useTexts } from '../i18n/texts.ts'
import { Button } from '../ui/Button.tsx'
import { Select, TextField } from '../ui/Field.tsx'
import { CloseIcon } from '../ui/icons.tsx'
import { ACTIONS } from './actions.ts'
import styles from './audit.module.css'
import type { AuditLine, AuditSearch } from './audit.ts'
import { useSubjectName } from './Subject.tsx'
import { auditTexts } from './texts.ts'

const COMMAND_LINE = '0'

/** Narrows the log by who, what, when and, once it was chosen from a line, to what. */
export function AuditFilters({
	search,
	lines,
	onChange,
}: {
	search: AuditSearch
	lines: readonly AuditLine[]
	onChange: (search: AuditSearch) => void
}) {
	const t = useTexts(auditTexts)
	const { action = '', staff_id, from = '', to = '', subject_type: type, subject_id: id } = search
	const actions: readonly string[] = [...new Set([...ACTIONS, ...(action ? [action] : [])])]
	const put = (change: { readonly [Name in keyof AuditSearch]?: AuditSearch[Name] | undefined }) => {
		onChange(
			Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== '')),
		)
	}
	return (
		<search className={styles['filters']}>
			<Select
				label={t.who}
				value={staff_id === undefined ? '' : String(staff_id)}
				choices={[
					{ value: '', label: t.anybody },
					{ value: COMMAND_LINE, label: t.commandLine },
					...peopleOf(lines, staff_id, t.person),
				]}
				onChoose={(value) => put({ staff_id: value === '' ? undefined : Number(value) })}
			/>
			<Select
				label={t.action}
				value={action}
				choices={[{ value: '', label: t.anyAction }, ...actions.map((value) => ({ value, label: t.actionOf(value) }))]}
				onChoose={(value) => put({ action: value })}
			/>
			<TextField label={t.from} type="date" value={from} onChange={({ target }) => put({ from: target.value })} />
			<TextField label={t.to} type="date" value={to} onChange={({ target }) => put({ to: target.value })} />
			{type !== undefined && id !== undefined && (
				<SubjectFilter type={type} id={id} onRemove={() => put({ subject_type: undefined, subject_id: undefined })} />
			)}
		</search>
	)
}

function SubjectFilter({ type, id, onRemove }: { type: string; id: string; onRemove: () => void }) {
	const t = useTexts(auditTexts)
	const name = useSubjectName()({ type, id })
	return (
		<div className={styles['subjectFilter']}>
			<span>{t.subjectIs(name)}</span>
			<Button size="small" icon={<CloseIcon />} onClick={onRemove}>
				{t.removeSubject}
			</Button>
		</div>
	)
}

/** Those who are seen in the lines, and who is chosen. */
function peopleOf(lines: readonly AuditLine[], chosen: number | undefined, nameOf: (id: number) => string) {
	const names = new Map<number, string>()
	if (chosen !== undefined && chosen > 0) names.set(chosen, nameOf(chosen))
	for (const { staff } of lines) if (staff !== null) names.set(staff.id, staff.email ?? nameOf(staff.id))
	return [...names]
		.map(([id, label]) => ({ value: String(id), label }))
		.toSorted((one, other) => one.label.localeCompare(other.label))
}
