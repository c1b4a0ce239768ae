import { useId, useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextArea } from '../ui/Field.tsx'
import { Problem } from '../ui/Problem.tsx'
import { uiTexts } from '../ui/texts.ts'
import { useToasts } from '../ui/toasts.ts'
import { userTexts } from './texts.ts'
import { useBlock } from './users.ts'

const REASON_MAX = 500

/** Asks why, and shuts a user out. */
export function BlockUser({ id, onClose }: { id: number; onClose: () => void }) {
	const t = useTexts(userTexts)
	const ui = useTexts(uiTexts)
	const { done } = useToasts()
	const form = useId()
	const [reason, setReason] = useState('')
	const block = useBlock(id)
	const missing = reason.trim() === '' ? t.needReason : undefined
	const onSuccess = () => {
		done(t.blockDone)
		onClose()
	}
	const actions = (
		<>
			<Button onClick={onClose}>{ui.cancel}</Button>
			<Button kind="danger" type="submit" form={form} busy={block.isPending} disabledReason={missing}>
				{t.block}
			</Button>
		</>
	)
	return (
		<Dialog open onClose={onClose} title={t.blockTitle} lead={t.blockLead} actions={actions}>
			<form
				id={form}
				onSubmit={(event) => {
					event.preventDefault()
					if (missing === undefined && !block.isPending) block.mutate(reason, { onSuccess })
				}}
			>
				<TextArea
					label={t.reason}
					hint={t.blockHint}
					maxLength={REASON_MAX}
					required
					autoFocus
					value={reason}
					onChange={({ target }) => setReason(target.value)}
				/>
			</form>
			<Problem error={block.error} />
		</Dialog>
	)
}
