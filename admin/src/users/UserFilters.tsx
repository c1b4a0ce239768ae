import { useTexts } from '../i18n/texts.ts'
import { Select } from '../ui/Field.tsx'
import { SearchForm } from '../ui/SearchForm.tsx'
import type { UserSearch } from './search.ts'
import { userTexts } from './texts.ts'

/** Each list that is shown leaves a line in the audit log: one for a search, not one for each letter of it. */
export function UserFilters({ search, onChange }: { search: UserSearch; onChange: (search: UserSearch) => void }) {
	const t = useTexts(userTexts)
	const { blocked } = search
	const send = (text: string, next: boolean | undefined) => {
		const wanted = text.trim()
		onChange({ ...(wanted !== '' && { search: wanted }), ...(next !== undefined && { blocked: next }) })
	}
	return (
		<SearchForm
			label={t.searchLabel}
			shortcut={t.keySearch}
			text={search.search}
			maxLength={100}
			onSend={(text) => send(text, blocked)}
		>
			{(text) => (
				<Select
					label={t.state}
					value={blocked === undefined ? 'any' : blocked ? 'blocked' : 'active'}
					choices={[
						{ value: 'any', label: t.stateAny },
						{ value: 'blocked', label: t.stateBlocked },
						{ value: 'active', label: t.stateActive },
					]}
					onChoose={(value) => send(text, value === 'any' ? undefined : value === 'blocked')}
				/>
			)}
		</SearchForm>
	)
}
