import { useTexts } from '../i18n/texts.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Facts } from '../ui/Page.tsx'
import { useActiveShortcuts } from '../ui/shortcuts.ts'
import { shellTexts } from './texts.ts'

/** What the keys do on this screen. */
export function ShortcutsHelp({ onClose }: { onClose: () => void }) {
	const t = useTexts(shellTexts)
	const shortcuts = new Map(
		useActiveShortcuts().flatMap(({ current }) => current.map(({ keys, label }) => [keys, label] as const)),
	)
	return (
		<Dialog open onClose={onClose} title={t.shortcuts}>
			<Facts facts={[...shortcuts].map(([keys, label]) => [label, <kbd key={keys}>{keys}</kbd>] as const)} />
		</Dialog>
	)
}
