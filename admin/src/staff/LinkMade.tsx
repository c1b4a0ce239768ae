import { useTexts } from '../i18n/texts.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { SecretBox } from '../ui/SecretBox.tsx'
import { staffTexts } from './texts.ts'

/** Shows a link this once. */
export function LinkMade({ title, email, link, onClose }: { title: string; email: string; link: string; onClose: () => void }) {
	const t = useTexts(staffTexts)
	const ready = <Button onClick={onClose}>{t.ready}</Button>
	return (
		<Dialog open onClose={onClose} title={title} lead={t.linkLead(email)} actions={ready}>
			<SecretBox label={t.link} secret={link} />
		</Dialog>
	)
}
