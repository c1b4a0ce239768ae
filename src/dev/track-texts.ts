import type { TRACKING_STATUSES } from '../events/delivery-tracking.ts'
import type { Locale } from '../platform/http/problem.ts'

type TrackingStatus = (typeof TRACKING_STATUSES)[number]

/** What the page of /dev/track says; `script` is for what its script puts there. */
type Texts = {
	readonly title: string
	readonly lead: string
	readonly inbox: string
	readonly reference: string
	readonly javascript: string
	readonly signIn: string
	readonly phone: string
	readonly isNew: string
	readonly name: string
	readonly email: string
	readonly consent: string
	readonly sendCode: string
	readonly code: string
	readonly codeHint: string
	readonly enter: string
	readonly otherPhone: string
	readonly signOut: string
	readonly orders: string
	readonly noOrders: string
	readonly history: string
	readonly carrier: string
	readonly trackingNumber: string
	readonly estimatedAt: string
	readonly script: {
		readonly live: string
		readonly away: string
		readonly gone: string
		readonly order: string
		readonly codeSent: string
		readonly noCookie: string
		readonly noService: string
		readonly delivery: Readonly<Record<TrackingStatus, string>>
		readonly by: Readonly<Record<string, string>>
	}
}

export const TRACK_TEXTS: Readonly<Record<Locale, Texts>> = {
	en: {
		title: 'Order tracking',
		lead: 'Where an order is, live: the code of docs/tracking.md at work. Only in development.',
		inbox: 'Inbox',
		reference: 'API reference',
		javascript: 'This page needs JavaScript.',
		signIn: 'Sign in',
		phone: 'Phone',
		isNew: 'You are new here: tell us your name and email. The code stays good.',
		name: 'Name',
		email: 'Email',
		consent: 'I agree that my personal data are processed',
		sendCode: 'Send a code',
		code: 'Code from the SMS',
		codeHint: 'It lies in the inbox',
		enter: 'Sign in',
		otherPhone: 'Another phone',
		signOut: 'Sign out',
		orders: 'Your orders',
		noOrders: 'No orders yet. As soon as you place one, by the API for example, it stands here.',
		history: 'What happened',
		carrier: 'Carrier',
		trackingNumber: 'Tracking number',
		estimatedAt: 'Expected',
		script: {
			live: 'Live',
			away: 'No connection, trying again',
			gone: 'There is no such order any more',
			order: 'Order no.',
			codeSent: 'A code was sent to',
			noCookie:
				'This browser keeps no secure cookies of http://localhost, so it can’t stay signed in. Chrome, Edge and Firefox do.',
			noService: 'The service does not answer. Try again in a moment.',
			delivery: {
				created: 'The delivery service has the parcel’s data',
				handed_over: 'Handed over to the delivery service',
				in_transit: 'On its way',
				at_pickup_point: 'At the pickup point',
				out_for_delivery: 'The courier is on the way',
				delivered: 'Delivered',
				failed: 'Could not be delivered',
				returned: 'Returned to the shop',
			},
			by: { customer: 'by you', staff: 'by the shop', service: 'by a service', inventory: 'by the warehouse', delivery: '' },
		},
	},
	ru: {
		title: 'Где заказ',
		lead: 'Где сейчас заказ, вживую: код из docs/tracking.md в деле. Только при разработке.',
		inbox: 'Входящие',
		reference: 'Описание API',
		javascript: 'Для этой страницы нужен JavaScript.',
		signIn: 'Вход',
		phone: 'Телефон',
		isNew: 'Вы здесь впервые: укажите имя и почту. Код остаётся в силе.',
		name: 'Имя',
		email: 'Почта',
		consent: 'Согласен на обработку персональных данных',
		sendCode: 'Получить код',
		code: 'Код из SMS',
		codeHint: 'Он лежит во входящих',
		enter: 'Войти',
		otherPhone: 'Другой телефон',
		signOut: 'Выйти',
		orders: 'Ваши заказы',
		noOrders: 'Заказов пока нет. Оформите заказ, например через API, — он появится здесь.',
		history: 'Что произошло',
		carrier: 'Служба доставки',
		trackingNumber: 'Номер отправления',
		estimatedAt: 'Ожидается',
		script: {
			live: 'Обновляется само',
			away: 'Нет связи, пробуем снова',
			gone: 'Такого заказа больше нет',
			order: 'Заказ №',
			codeSent: 'Код отправлен на',
			noCookie:
				'Этот браузер не хранит защищённые cookie для http://localhost, и вход в нём не запоминается. Подойдут Chrome, Edge, Firefox.',
			noService: 'Сервис не отвечает. Попробуйте ещё раз чуть позже.',
			delivery: {
				created: 'Служба доставки получила данные посылки',
				handed_over: 'Передан в службу доставки',
				in_transit: 'В пути',
				at_pickup_point: 'В пункте выдачи',
				out_for_delivery: 'Курьер уже едет',
				delivered: 'Доставлен',
				failed: 'Не удалось доставить',
				returned: 'Возвращён в магазин',
			},
			by: { customer: 'вы', staff: 'магазин', service: 'сервис', inventory: 'склад', delivery: '' },
		},
	},
}
