import { useRef, useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { useShortcuts } from '../shell/shortcuts.ts'
import { Button } from '../ui/Button.tsx'
import { Select, TextField } from '../ui/Field.tsx'
import { SearchIcon } from '../ui/icons.tsx'
import { userTexts } from './texts.ts'
import type { UserSearch } from './search.ts'
import styles from './users.module.css'

/** Asked when it is sent off, not letter by letter: each list that is shown leaves a line in the audit log. */
export function UserFilters({ search, onChange }: { search: UserSearch; onChange: (search: UserSearch) => void }) {
	const t = useTexts(userTexts)
	const [text, setText] = useState(search.search ?? '')
	const input = useRef<HTMLInputElement>(null)
	useShortcuts([{ keys: '/', label: t.keySearch, run: () => input.current?.focus() }])
	const { blocked } = search
	const send = (next: boolean | undefined) => {
		const wanted = text.trim()
		onChange({ ...(wanted !== '' && { search: wanted }), ...(next !== undefined && { blocked: next }) })
	}
	return (
		<search>
			<form
				className={styles['filters']}
				onSubmit={(event) => {
					event.preventDefault()
					send(blocked)
				}}
			>
				<TextField
					ref={input}
					type="search"
					label={t.searchLabel}
					value={text}
					maxLength={100}
					autoComplete="off"
					spellCheck={false}
					onChange={({ target }) => setText(target.value)}
				/>
				<Select
					label={t.state}
					value={blocked === undefined ? 'any' : blocked ? 'blocked' : 'active'}
					choices={[
						{ value: 'any', label: t.stateAny },
						{ value: 'blocked', label: t.stateBlocked },
						{ value: 'active', label: t.stateActive },
					]}
					onChoose={(value) => send(value === 'any' ? undefined : value === 'blocked')}
				/>
				<Button type="submit" kind="primary" icon={<SearchIcon />}>
					{t.find}
				</Button>
			</form>
		</search>
	)
}
