import { useTexts } from '../i18n/texts.ts'
import { ROLES, type Role } from '../session/roles.ts'
import { sessionTexts } from '../session/texts.ts'
import { Select } from '../ui/Field.tsx'
import { staffTexts } from './texts.ts'

/** A choice of what somebody may do, with what that is in words. */
export function RoleField({ value, onChoose }: { value: Role; onChoose: (role: Role) => void }) {
	const t = useTexts(staffTexts)
	const names = useTexts(sessionTexts)
	return (
		<Select
			label={t.role}
			hint={t[`${value}Hint`]}
			value={value}
			choices={ROLES.map((role) => ({ value: role, label: names[role] }))}
			onChoose={onChoose}
		/>
	)
}
