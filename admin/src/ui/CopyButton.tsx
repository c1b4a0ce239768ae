import { useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { Button, type ButtonProps } from './Button.tsx'
import { CheckIcon, CopyIcon } from './icons.tsx'
import { uiTexts } from './texts.ts'

const SHOWN_MS = 2_000

/** Copies `text`, and says that it did. */
export function CopyButton({ text, children, ...button }: { text: string } & Omit<ButtonProps, 'onClick' | 'icon'>) {
	const t = useTexts(uiTexts)
	const [copied, setCopied] = useState(false)
	const copy = async () => {
		await navigator.clipboard.writeText(text)
		setCopied(true)
		setTimeout(() => setCopied(false), SHOWN_MS)
	}
	return (
		<Button {...button} icon={copied ? <CheckIcon /> : <CopyIcon />} onClick={() => void copy()}>
			<span aria-live="polite">{copied ? t.copied : (children ?? t.copy)}</span>
		</Button>
	)
}
