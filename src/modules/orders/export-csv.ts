import { stringify } from 'csv-stringify/sync'
import type { Locale } from '../../platform/http/problem.ts'
import { labelOf } from './order-status.ts'
import type { ListedOrder } from './read-listed.ts'

/** How an export is written. */
export type CsvForm = {
	/** Of the header and of the words in the rows. */
	readonly locale: Locale
	/** A moment as a spreadsheet reads it, by the clock that was asked for. */
	readonly timeOf: (at: Date) => string
	/** What the clock is called. */
	readonly timeZone: string
}

/** What stands between two values: where Russian is set, a spreadsheet takes a comma for the one before the kopecks. */
const DELIMITERS: Readonly<Record<Locale, string>> = { ru: ';', en: ',' }

const METHODS = {
	ru: { courier: 'Курьер', pickup: 'Самовывоз' },
	en: { courier: 'Courier', pickup: 'Pickup' },
} as const

type Column = {
	readonly ru: string
	readonly en: string
	/** Tells the clock in its name. */
	readonly timed?: true
	readonly value: (listed: ListedOrder, form: CsvForm) => string | number | null
}

const COLUMNS: readonly Column[] = [
	{ ru: 'Номер', en: 'Number', value: ({ order }) => order.number },
	{ ru: 'Статус', en: 'Status', value: ({ order }, { locale }) => labelOf(order.status, order.deliveryMethod, locale) },
	{ ru: 'Оформлен', en: 'Placed', timed: true, value: ({ order }, { timeOf }) => timeOf(order.createdAt) },
	{ ru: 'Изменён', en: 'Changed', timed: true, value: ({ order }, { timeOf }) => timeOf(order.updatedAt) },
	{ ru: 'Покупатель', en: 'Customer', value: ({ customerName }) => customerName },
	{ ru: 'Телефон', en: 'Phone', value: ({ order }) => order.phone },
	{ ru: 'Способ доставки', en: 'Delivery method', value: ({ order }, { locale }) => METHODS[locale][order.deliveryMethod] },
	{ ru: 'Адрес или пункт выдачи', en: 'Address or pickup point', value: ({ delivery }) => placeOf(delivery) },
	{ ru: 'Перевозчик', en: 'Carrier', value: ({ delivery }) => delivery.carrier },
	{ ru: 'Трек-номер', en: 'Tracking number', value: ({ delivery }) => delivery.tracking_number },
	{ ru: 'Позиций', en: 'Positions', value: ({ lines }) => lines.length },
	{ ru: 'Состав', en: 'Items', value: ({ lines }) => lines.map(({ name, quantity }) => `${name} × ${quantity}`).join('; ') },
	{ ru: 'Сумма', en: 'Total', value: ({ order }) => order.total },
	{ ru: 'Валюта', en: 'Currency', value: ({ order }) => order.currency },
	{ ru: 'Номер покупателя', en: 'User id', value: ({ order }) => order.customerId },
	{ ru: 'Ключ заказа', en: 'Order id', value: ({ order }) => order.id },
]

const placeOf = (delivery: ListedOrder['delivery']): string =>
	delivery.method === 'courier' ? delivery.address.full_address : delivery.pickup_point_id

/**
 * Orders as lines of CSV (RFC 4180), under a header when they are the first. What a spreadsheet would take for a formula has an
 * apostrophe in front, phones too; a byte order mark tells it that the text is UTF-8.
 */
export function csvOf(orders: readonly ListedOrder[], form: CsvForm, first: boolean): string {
	const { locale, timeZone } = form
	return stringify(
		orders.map((listed) => COLUMNS.map(({ value }) => value(listed, form))),
		{
			bom: first,
			header: first,
			columns: COLUMNS.map(({ [locale]: name, timed }, index) => ({
				key: String(index),
				header: timed ? `${name} (${timeZone})` : name,
			})),
			delimiter: DELIMITERS[locale],
			record_delimiter: 'windows',
			escape_formulas: true,
		},
	)
}
