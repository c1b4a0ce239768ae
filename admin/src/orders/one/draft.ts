import { useState } from 'react'
import { useMe } from '../../session/me.ts'

/**
 * A text that somebody is writing: kept for this tab until it is sent, also when the session ends meanwhile and they sign in again. Nobody
 * else who signs in here sees it.
 */
export function useDraft(name: string): readonly [text: string, write: (text: string) => void] {
	const { id } = useMe()
	const key = `prilavok.draft.${id}.${name}`
	const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '')
	const write = (next: string) => {
		setText(next)
		if (next === '') sessionStorage.removeItem(key)
		else sessionStorage.setItem(key, next)
	}
	return [text, write]
}
