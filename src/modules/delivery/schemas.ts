import { type Static, Type } from 'typebox'
import { NOT_BLANK } from '../../platform/http/fault-words.ts'

const ADDRESS_MAX_CHARACTERS = 500
const PICKUP_POINT_MAX_CHARACTERS = 100

const CourierChoice = Type.Object(
	{
		method: Type.Literal('courier'),
		address: Type.Object(
			{
				full_address: Type.String({
					maxLength: ADDRESS_MAX_CHARACTERS,
					pattern: NOT_BLANK,
					description: 'As people write it, with the flat',
				}),
				kladr_id: Type.Optional(
					Type.String({
						pattern: '^[0-9]{13,19}$',
						description: 'The address in the Russian address classifier: 13 digits of a place, 17 of a street, 19 of a house',
					}),
				),
			},
			{ additionalProperties: false },
		),
	},
	{ additionalProperties: false, title: 'CourierChoice' },
)

const PickupChoice = Type.Object(
	{
		method: Type.Literal('pickup'),
		pickup_point_id: Type.String({
			maxLength: PICKUP_POINT_MAX_CHARACTERS,
			pattern: NOT_BLANK,
			description: 'The delivery service’s id of the pickup point',
		}),
	},
	{ additionalProperties: false, title: 'PickupChoice' },
)

/** How the customer wants the order: by courier to an address, or from a pickup point. The one's fields are no fields of the other. */
export const DeliveryChoice = Type.Unsafe<Static<typeof CourierChoice> | Static<typeof PickupChoice>>({
	type: 'object',
	title: 'DeliveryChoice',
	discriminator: { propertyName: 'method' },
	required: ['method'],
	// Said here too, so that an unknown method is told with the known ones.
	properties: { method: { type: 'string', enum: ['courier', 'pickup'] } },
	oneOf: [CourierChoice, PickupChoice],
})
export type DeliveryChoice = Static<typeof DeliveryChoice>

export const DeliveryParams = Type.Object({ id: Type.String({ format: 'uuid' }) }, { additionalProperties: false })
