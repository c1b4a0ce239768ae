import { type ReactNode, useRef, useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { useShortcuts } from './shortcuts.ts'
import { Button } from './Button.tsx'
import { TextField } from './Field.tsx'
import { SearchIcon } from './icons.tsx'
import styles from './SearchForm.module.css'
import { uiTexts } from './texts.ts'

/**
 * A field by which a list is searched when it is sent off, not letter by letter, and choices beside it. `/` goes to the field; a choice
 * is sent with what stands in it.
 */
export function SearchForm({
	label,
	shortcut,
	text: given = '',
	maxLength,
	onSend,
	children,
}: {
	label: string
	/** What `/` does, for the list of keys. */
	shortcut: string
	/** What is searched for at first. */
	text?: string | undefined
	maxLength: number
	onSend: (text: string) => void
	/** The choices; they are given what stands in the field. */
	children: (text: string) => ReactNode
}) {
	const t = useTexts(uiTexts)
	const [text, setText] = useState(given)
	const input = useRef<HTMLInputElement>(null)
	useShortcuts([{ keys: '/', label: shortcut, run: () => input.current?.focus() }])
	return (
		<search>
			<form
				className={styles['form']}
				onSubmit={(event) => {
					event.preventDefault()
					onSend(text)
				}}
			>
				<TextField
					ref={input}
					type="search"
					label={label}
					value={text}
					maxLength={maxLength}
					autoComplete="off"
					spellCheck={false}
					onChange={({ target }) => setText(target.value)}
				/>
				{children(text)}
				<Button type="submit" kind="primary" icon={<SearchIcon />}>
					{t.find}
				</Button>
			</form>
		</search>
	)
}
