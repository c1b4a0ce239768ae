import { type ReactNode, useState } from 'react'
import { useTexts } from '../../i18n/texts.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { Select, TextField } from '../../ui/Field.tsx'
import { CheckIcon, CloseIcon } from '../../ui/icons.tsx'
import styles from './Filters.module.css'
import { SearchBox } from './SearchBox.tsx'
import {
	beginOf,
	countFilters,
	daysOf,
	endOf,
	METHODS,
	type Method,
	type OrderFilters,
	SORTS,
	type Sort,
	STATUSES,
	type Status,
	statusesOf,
} from './search.ts'
import { listTexts } from './texts.ts'

type Changed = { readonly [Name in keyof OrderFilters]?: OrderFilters[Name] | undefined }
export type FiltersProps = {
	readonly filters: OrderFilters
	/** Sets filters; undefined takes one away. */
	readonly onChange: (changed: Changed) => void
	readonly onReset: () => void
	/** What else belongs beside the search. */
	readonly tools?: ReactNode
}

/** What the list is narrowed by, and its order. Where it is narrow they hide behind a button. */
export function Filters({ filters, onChange, onReset, tools }: FiltersProps) {
	const t = useTexts(listTexts)
	const [open, setOpen] = useState(false)
	const count = countFilters(filters)
	return (
		<search className={styles['filters']}>
			<div className={styles['first']}>
				<div className={styles['search']}>
					<SearchBox
						filters={filters}
						onSearch={(meant) => onChange({ number: undefined, phone: undefined, name: undefined, ...meant })}
					/>
				</div>
				<Button className={styles['toggle']} aria-expanded={open} aria-controls="order-filters" onClick={() => setOpen(!open)}>
					{count === 0 ? t.filters : t.filtersCount(count)}
				</Button>
				{tools}
				<div className={styles['order']}>
					<SortChoice sort={filters.sort ?? 'newest'} onChange={onChange} />
				</div>
			</div>
			<div id="order-filters" className={classes(styles['more'], open && styles['open'])}>
				<StatusChoice filters={filters} onChange={onChange} />
				<MethodChoice method={filters.method} onChange={onChange} />
				<Period filters={filters} onChange={onChange} />
				<Sums filters={filters} onChange={onChange} />
				{filters.user_id !== undefined && (
					<Button
						icon={<CloseIcon />}
						aria-label={`${t.ofUser(filters.user_id)}: ${t.dropUser}`}
						onClick={() => onChange({ user_id: undefined })}
					>
						{t.ofUser(filters.user_id)}
					</Button>
				)}
				{count > 0 && (
					<Button kind="quiet" onClick={onReset}>
						{t.reset}
					</Button>
				)}
			</div>
		</search>
	)
}

type Part = Pick<FiltersProps, 'filters' | 'onChange'>

function StatusChoice({ filters, onChange }: Part) {
	const t = useTexts(listTexts)
	const chosen = statusesOf(filters)
	const toggle = (status: Status) => {
		const next = STATUSES.filter((one) => (one === status) !== chosen.includes(one))
		onChange({ status: next.length === 0 ? undefined : next.join(',') })
	}
	return (
		<fieldset className={styles['statuses']}>
			<legend className={styles['legend']}>{t.status}</legend>
			{STATUSES.map((status) => (
				<label key={status} className={styles['chip']}>
					<input type="checkbox" checked={chosen.includes(status)} onChange={() => toggle(status)} />
					{chosen.includes(status) && <CheckIcon />}
					{t[status]}
				</label>
			))}
		</fieldset>
	)
}

function SortChoice({ sort, onChange }: { sort: Sort; onChange: FiltersProps['onChange'] }) {
	const t = useTexts(listTexts)
	return (
		<Select<Sort>
			label={t.sort}
			hideLabel
			choices={SORTS.map((value) => ({ value, label: t[value] }))}
			value={sort}
			onChoose={(value) => onChange({ sort: value === 'newest' ? undefined : value })}
		/>
	)
}

function MethodChoice({ method, onChange }: { method: Method | undefined; onChange: FiltersProps['onChange'] }) {
	const t = useTexts(listTexts)
	return (
		<Select<Method | ''>
			label={t.method}
			choices={[{ value: '', label: t.anyMethod }, ...METHODS.map((value) => ({ value, label: t[value] }))]}
			value={method ?? ''}
			onChoose={(value) => onChange({ method: value === '' ? undefined : value })}
		/>
	)
}

function Period({ filters, onChange }: Part) {
	const t = useTexts(listTexts)
	const { first, last } = daysOf(filters)
	return (
		<>
			<TextField
				type="date"
				label={t.firstDay}
				value={first}
				max={last}
				onChange={({ target }) => onChange({ from: beginOf(target.value) })}
			/>
			<TextField
				type="date"
				label={t.lastDay}
				value={last}
				min={first}
				onChange={({ target }) => onChange({ to: endOf(target.value) })}
			/>
		</>
	)
}

/** Sums are taken when they have been typed, not digit by digit. */
function Sums({ filters, onChange }: Part) {
	const t = useTexts(listTexts)
	const field = (name: 'total_min' | 'total_max', label: string) => (
		<TextField
			key={`${name} ${filters[name] ?? ''}`}
			label={label}
			inputMode="numeric"
			className={styles['sum']}
			defaultValue={filters[name]}
			onBlur={({ target }) => onChange({ [name]: sumOf(target.value) })}
			onKeyDown={({ key, currentTarget }) => {
				if (key === 'Enter') onChange({ [name]: sumOf(currentTarget.value) })
			}}
		/>
	)
	return (
		<>
			{field('total_min', t.totalMin)}
			{field('total_max', t.totalMax)}
		</>
	)
}

function sumOf(typed: string): number | undefined {
	const digits = typed.replaceAll(/\s/g, '')
	return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined
}
