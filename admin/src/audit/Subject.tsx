import { Link } from '@tanstack/react-router'
import { useTexts } from '../i18n/texts.ts'
import { useMe } from '../session/me.ts'
import { mayAs } from '../session/roles.ts'
import { Breaking } from '../ui/Breaking.tsx'
import type { AuditLine } from './audit.ts'
import { auditTexts } from './texts.ts'

/** A UUID is known by its beginning. */
const SHORT_CHARACTERS = 8
const UUID = /^[0-9a-f]{8}-/

/** What an action was done to, for people. */
export function useSubjectName(): (subject: { type: string; id: string }, details?: AuditLine['details']) => string {
	const t = useTexts(auditTexts)
	return ({ type, id }, details) => {
		const name = t.subjectOf(type)
		const number = details?.['number']
		if (typeof number === 'number') return t.numbered(name, String(number))
		if (id === '*') return name
		if (/^\d+$/.test(id)) return t.numbered(name, id)
		return `${name} ${UUID.test(id) ? `${id.slice(0, SHORT_CHARACTERS)}…` : id}`
	}
}

/** The same with a link to its screen, where it has one that the person may see. */
export function Subject({ line: { subject, details } }: { line: AuditLine }) {
	const { role } = useMe()
	const name = useSubjectName()(subject, details)
	const { type, id } = subject
	if (id === '*') return name
	switch (type) {
		case 'order':
			return (
				<Link to="/orders/$id" params={{ id }}>
					{name}
				</Link>
			)
		case 'user':
			return (
				<Link to="/users/$id" params={{ id }}>
					{name}
				</Link>
			)
		case 'dead_letter':
			return (
				<Link to="/dead-letters/$id" params={{ id }}>
					{name}
				</Link>
			)
		case 'report':
			return <Link to="/reports">{name}</Link>
		case 'staff':
		case 'invitation': {
			const words = <Breaking>{name}</Breaking>
			return mayAs(role, 'owner') ? <Link to="/staff">{words}</Link> : words
		}
		case 'key':
			return mayAs(role, 'owner') ? <Link to="/keys">{name}</Link> : name
		case 'export':
			return name
	}
}
