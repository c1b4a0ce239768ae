import { type ComponentProps, type ReactNode, useId } from 'react'
import { classes } from './classes.ts'
import styles from './Field.module.css'

type Given = {
	label: string
	/** What is expected, below the label. */
	hint?: string | undefined
	/** What is wrong with it: read out with the control. */
	error?: string | undefined
	/** The label is read out but not shown. */
	hideLabel?: boolean
}

type Control = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined; className: string }

/** A label, its control, what is expected and what is wrong, tied together for screen readers. */
function Field({ label, hint, error, hideLabel = false, children }: Given & { children: (control: Control) => ReactNode }) {
	const id = useId()
	const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
	return (
		<div className={styles['field']}>
			<label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles['label']}>
				{label}
			</label>
			{hint && (
				<p id={`${id}-hint`} className={styles['hint']}>
					{hint}
				</p>
			)}
			{children({
				id,
				'aria-describedby': described || undefined,
				'aria-invalid': error === undefined ? undefined : true,
				className: styles['control'] ?? '',
			})}
			{error && (
				<p id={`${id}-error`} className={styles['error']} role="alert">
					{error}
				</p>
			)}
		</div>
	)
}

export function TextField({ label, hint, error, hideLabel, ...input }: Given & ComponentProps<'input'>) {
	return (
		<Field {...{ label, hint, error, hideLabel: hideLabel ?? false }}>
			{({ className, ...control }) => (
				<input type="text" {...input} {...control} className={classes(className, input.className)} />
			)}
		</Field>
	)
}

export function TextArea({ label, hint, error, hideLabel, ...input }: Given & ComponentProps<'textarea'>) {
	return (
		<Field {...{ label, hint, error, hideLabel: hideLabel ?? false }}>
			{({ className, ...control }) => (
				<textarea rows={3} {...input} {...control} className={classes(className, styles['area'], input.className)} />
			)}
		</Field>
	)
}

export type Choice<Value extends string> = { readonly value: Value; readonly label: string }

/** The browser's own list: it works with every keyboard, screen reader and phone. */
export function Select<Value extends string>({
	label,
	hint,
	error,
	hideLabel,
	choices,
	value,
	onChoose,
	...select
}: Given &
	Omit<ComponentProps<'select'>, 'value' | 'onChange'> & {
		choices: readonly Choice<Value>[]
		value: Value
		onChoose: (value: Value) => void
	}) {
	return (
		<Field {...{ label, hint, error, hideLabel: hideLabel ?? false }}>
			{(control) => (
				<select
					{...select}
					{...control}
					value={value}
					onChange={({ target }) => {
						const chosen = choices.find((choice) => choice.value === target.value)
						if (chosen) onChoose(chosen.value)
					}}
				>
					{choices.map((choice) => (
						<option key={choice.value} value={choice.value}>
							{choice.label}
						</option>
					))}
				</select>
			)}
		</Field>
	)
}

export function Checkbox({
	label,
	hideLabel = false,
	...input
}: { label: string; hideLabel?: boolean } & ComponentProps<'input'>) {
	return (
		<label className={styles['check']}>
			<input {...input} type="checkbox" />
			<span className={hideLabel ? 'visually-hidden' : undefined}>{label}</span>
		</label>
	)
}
