import { useMemo } from 'react'
import { useFormats } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import { Button } from '../ui/Button.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { DownloadIcon } from '../ui/icons.tsx'
import { Card } from '../ui/Page.tsx'
import { bytesOf, formatJson, hexDump, SHOWN_BYTES } from './bytes.ts'
import styles from './letters.module.css'
import type { Letter } from './letters.ts'
import { letterTexts } from './texts.ts'

export const VIEWS = ['json', 'text', 'hex'] as const
export type View = (typeof VIEWS)[number]

/** What stands in a letter: as JSON, as text, or byte by byte. Without a wish, the first of them that it is. */
export function LetterValue({ letter, wish, onView }: { letter: Letter; wish: View | undefined; onView: (view: View) => void }) {
	const t = useTexts(letterTexts)
	const { value_base64: base64, value_text: text, bytes: size, whole } = letter
	const bytes = useMemo(() => bytesOf(base64 ?? ''), [base64])
	const json = useMemo(() => (text === null ? undefined : formatJson(text)), [text])
	const reasons = {
		json: json === undefined ? t.noJson : undefined,
		text: text === null ? t.noText : undefined,
		hex: undefined,
	}
	const view = [wish, ...VIEWS].find((one) => one !== undefined && reasons[one] === undefined) ?? 'hex'
	if (base64 === null) {
		return <Card title={t.value}>{size > 0 ? <p>{t.secret}</p> : <p>{t.noValue}</p>}</Card>
	}
	const shown = { json: json ?? '', text: text ?? '', hex: hexDump(bytes.subarray(0, SHOWN_BYTES)) }[view]
	const actions = (
		<>
			<fieldset className={styles['views']}>
				<legend className="visually-hidden">{t.view}</legend>
				{VIEWS.map((one) => (
					<Button key={one} size="small" aria-pressed={one === view} disabledReason={reasons[one]} onClick={() => onView(one)}>
						{t[one]}
					</Button>
				))}
			</fieldset>
			<CopyButton size="small" text={shown} />
			<Button size="small" icon={<DownloadIcon />} onClick={() => download(bytes, `${letter.topic}-${letter.id}.bin`)}>
				{t.download}
			</Button>
		</>
	)
	return (
		<Card title={t.value} actions={actions}>
			<Limits
				letter={letter}
				kept={bytes.length}
				cut={view === 'hex' ? bytes.length > SHOWN_BYTES : shown.length > SHOWN_BYTES}
			/>
			{/* It scrolls, so it must be reached by keyboard. */}
			{/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
			<pre className={styles['value']} data-view={view} tabIndex={0} aria-label={t.value}>
				{view === 'hex' ? shown : shown.slice(0, SHOWN_BYTES)}
			</pre>
			{!whole && <span className="visually-hidden">{t.notWhole}</span>}
		</Card>
	)
}

function Limits({ letter: { bytes, whole }, kept, cut }: { letter: Letter; kept: number; cut: boolean }) {
	const t = useTexts(letterTexts)
	const formats = useFormats()
	if (!whole) return <p className={styles['quiet']}>{t.part(formats.bytes(kept), formats.bytes(bytes))}</p>
	if (cut) return <p className={styles['quiet']}>{t.shown(formats.bytes(SHOWN_BYTES), formats.bytes(bytes))}</p>
	return null
}

function download(bytes: Uint8Array<ArrayBuffer>, name: string): void {
	const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
	const link = document.createElement('a')
	link.href = url
	link.download = name
	link.click()
	URL.revokeObjectURL(url)
}
