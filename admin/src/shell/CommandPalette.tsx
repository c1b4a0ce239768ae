import { Dialog as Base } from '@base-ui/react/dialog'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { useMe } from '../session/me.ts'
import { mayAs } from '../session/roles.ts'
import { classes } from '../ui/classes.ts'
import styles from './CommandPalette.module.css'
import { SECTIONS } from './sections.ts'
import { shellTexts } from './texts.ts'

type Command = { readonly id: string; readonly label: string; readonly run: () => unknown }

/** As many digits as a phone has at least; fewer are an order's number. */
const PHONE_DIGITS_MIN = 10

/** Everything by its name or number: sections, an order, a phone, a customer. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
	const t = useTexts(shellTexts)
	const listId = useId()
	const [text, setText] = useState('')
	const [at, setAt] = useState(0)
	const ran = useRef(false)
	const commands = useCommands(text)
	const chosen = commands[Math.min(at, commands.length - 1)]
	const run = (command: Command | undefined) => {
		if (command === undefined) return
		ran.current = true
		onClose()
		command.run()
	}
	const onKeyDown = (event: KeyboardEvent) => {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
		if (step !== undefined && commands.length > 0)
			setAt((commands.length + Math.min(at, commands.length - 1) + step) % commands.length)
		else if (event.key === 'Enter') run(chosen)
		else return
		event.preventDefault()
	}
	return (
		<Base.Root open onOpenChange={(open) => open || onClose()}>
			<Base.Portal>
				<Base.Backdrop className={styles['backdrop']} />
				{/* Another screen takes the focus for itself; where nothing was chosen it goes back. */}
				<Base.Popup className={styles['palette']} finalFocus={() => !ran.current}>
					<Base.Title className="visually-hidden">{t.palette}</Base.Title>
					<input
						className={styles['input']}
						role="combobox"
						aria-label={t.paletteHint}
						aria-expanded="true"
						aria-controls={listId}
						aria-activedescendant={chosen && `${listId}-${chosen.id}`}
						autoComplete="off"
						placeholder={t.paletteHint}
						value={text}
						onChange={({ target }) => {
							setText(target.value)
							setAt(0)
						}}
						onKeyDown={onKeyDown}
					/>
					<Commands id={listId} commands={commands} chosen={chosen} onRun={run} />
					{commands.length === 0 && (
						<p className={styles['none']} role="status">
							{t.paletteNone}
						</p>
					)}
				</Base.Popup>
			</Base.Portal>
		</Base.Root>
	)
}

type CommandsProps = {
	id: string
	commands: readonly Command[]
	chosen: Command | undefined
	onRun: (command: Command) => void
}

function Commands({ id, commands, chosen, onRun }: CommandsProps) {
	const t = useTexts(shellTexts)
	return (
		<div id={id} role="listbox" aria-label={t.palette} className={styles['list']}>
			{commands.map((command) => (
				// Its keys are the input's, where focus stays.
				// oxlint-disable-next-line jsx-a11y/click-events-have-key-events
				<div
					key={command.id}
					id={`${id}-${command.id}`}
					role="option"
					tabIndex={-1}
					aria-selected={command === chosen}
					className={classes(styles['command'], command === chosen && styles['chosen'])}
					onPointerDown={(event) => event.preventDefault()}
					onClick={() => onRun(command)}
				>
					{command.label}
				</div>
			))}
		</div>
	)
}

function useCommands(text: string): readonly Command[] {
	const t = useTexts(shellTexts)
	const navigate = useNavigate()
	const { role } = useMe()
	const wanted = text.trim()
	const digits = wanted.replaceAll(/[\s()+№#-]/g, '')
	const found: Command[] = []
	if (/^\d+$/.test(digits)) {
		const isPhone = digits.length >= PHONE_DIGITS_MIN
		const search = isPhone ? { phone: wanted } : { number: Number(digits) }
		const label = isPhone ? t.findPhone(wanted) : t.openOrder(digits)
		found.push({ id: 'orders-by', label, run: () => navigate({ to: '/orders', search }) })
	}
	const sections = SECTIONS.filter((section) => mayAs(role, section.role)).map(({ to, name }) => ({
		id: name,
		label: t[name],
		run: () => navigate({ to }),
	}))
	const account = { id: 'account', label: t.account, run: () => navigate({ to: '/account' }) }
	const named = [...sections, account].filter(({ label }) => label.toLowerCase().includes(wanted.toLowerCase()))
	const byName: Command[] =
		wanted === ''
			? []
			: [{ id: 'user', label: t.findUser(wanted), run: () => navigate({ to: '/users', search: { search: wanted } }) }]
	return [...found, ...named, ...byName]
}
