import { lazy, Suspense, useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/Button.tsx'
import type { ColumnsDialogProps } from './ColumnsDialog.tsx'
import { listTexts } from './texts.ts'

const ColumnsDialog = lazy(async () => ({ default: (await import('./ColumnsDialog.tsx')).ColumnsDialog }))

/** Opens the choice of columns. */
export function ColumnsChoice(props: Omit<ColumnsDialogProps, 'onClose'>) {
	const t = useTexts(listTexts)
	const [open, setOpen] = useState(false)
	return (
		<>
			<Button onClick={() => setOpen(true)}>{t.columns}</Button>
			<Suspense>{open && <ColumnsDialog {...props} onClose={() => setOpen(false)} />}</Suspense>
		</>
	)
}
