import { type Static, type TSchema, Type } from 'typebox'

const locale = Type.Enum(['ru', 'en'])

const sms = <Template extends string, Data extends TSchema>(template: Template, data: Data) =>
	Type.Object({
		channel: Type.Literal('sms'),
		template: Type.Literal(template),
		recipient: Type.Object({ phone: Type.String() }),
		locale,
		text: Type.String({ description: 'The finished text' }),
		data,
	})

const email = <Template extends string, Data extends TSchema>(template: Template, data: Data) =>
	Type.Object({
		channel: Type.Literal('email'),
		template: Type.Literal(template),
		recipient: Type.Object({ email: Type.String() }),
		locale,
		subject: Type.String(),
		text: Type.String({ description: 'The finished text' }),
		data,
	})

const OrderPlacedData = Type.Object({
	order_number: Type.Integer(),
	total: Type.Integer(),
	items: Type.Array(
		Type.Object({
			product_id: Type.Integer(),
			name: Type.String(),
			price: Type.Integer(),
			quantity: Type.Integer(),
			sum: Type.Integer(),
		}),
	),
	delivery: Type.Object({
		method: Type.Enum(['courier', 'pickup']),
		address: Type.Optional(Type.Object({ full_address: Type.String(), kladr_id: Type.Optional(Type.String()) })),
		pickup_point_id: Type.Optional(Type.String()),
	}),
})

const OrderStatusData = Type.Object({ order_number: Type.Integer(), status: Type.String(), status_label: Type.String() })

export const GreetingSms = sms('greeting', Type.Object({ name: Type.String() }))
export const PhoneChangedSms = sms(
	'phone_changed',
	Type.Object({ phone: Type.Enum(['former', 'current'], { description: 'Which of the two phones this one is' }) }),
)
const OrderPlacedEmail = email('order_placed', OrderPlacedData)
const OrderStatusSms = sms('order_status', OrderStatusData)
const OrderStatusEmail = email('order_status', OrderStatusData)

/** `shop.notifications.v1`, out, by user id: an SMS or email to send, as data and as the finished text in the user's language. */
export const Notification = Type.Union([GreetingSms, PhoneChangedSms, OrderPlacedEmail, OrderStatusSms, OrderStatusEmail], {
	$id: 'Notification',
})
export type Notification = Static<typeof Notification>

/** `shop.login-codes.v1`, out, by the phone's hash: an SMS with a one-time code. */
export const LoginCodeSms = sms('login_code', Type.Object({ code: Type.String() }))
export type LoginCodeSms = Static<typeof LoginCodeSms>
