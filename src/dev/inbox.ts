import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { LoginCodeSms, Notification } from '../events/notifications.ts'
import type { Service } from '../modules/service.ts'
import { anyone } from '../platform/http/policy.ts'
import type { App } from '../platform/http/server.ts'
import { readNewest } from '../platform/topics/embedded.ts'
import type { IncomingMessage } from '../platform/topics/port.ts'
import { inboxPage } from './inbox-page.ts'
import { registerFiles, registerPage, withPageHeaders } from './pages.ts'

/** Of each topic as many messages are shown at most. */
const SHOWN_MAX = 200

const InboxQuery = Type.Object(
	{ after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}-[0-9]{1,15}$', description: '`next` of the answer before' })) },
	{ additionalProperties: false },
)

/** An SMS or email as the page shows it. */
const InboxMessage = Type.Object({
	id: Type.String(),
	at: Type.String({ format: 'date-time' }),
	channel: Type.Enum(['sms', 'email']),
	template: Type.String(),
	to: Type.String({ description: 'A phone or an email address' }),
	locale: Type.Enum(['ru', 'en']),
	subject: Type.Union([Type.String(), Type.Null()]),
	text: Type.String(),
	code: Type.Union([Type.String(), Type.Null()], { description: 'The one-time code in it' }),
})
type InboxMessage = Static<typeof InboxMessage>

const InboxAnswer = Type.Object({ messages: Type.Array(InboxMessage), next: Type.String() })

/**
 * `/dev/inbox`: a page that shows each SMS and email as the phone and the mailbox would, where nobody sends them. For
 * development alone: whoever reaches it reads everybody's sign-in codes.
 */
export function registerInbox(app: App, { sql, topicNames }: Service): void {
	registerFiles(app, 'page.css', 'inbox.css', 'inbox.js')
	registerPage(app, '/dev/inbox', inboxPage)
	app.get(
		'/dev/inbox/messages',
		{ config: { policy: anyone }, schema: { hide: true, querystring: InboxQuery, response: { 200: InboxAnswer } } },
		async (request, reply) => {
			const from = (request.query.after ?? '0-0').split('-').map(Number)
			const [notifications, codes] = await Promise.all([
				readNewest(sql, topicNames.notifications, { offset: from[0] ?? 0, limit: SHOWN_MAX }),
				readNewest(sql, topicNames.loginCodes, { offset: from[1] ?? 0, limit: SHOWN_MAX }),
			])
			const messages = [...notifications, ...codes].sort((one, other) => other.publishedAt.getTime() - one.publishedAt.getTime())
			void withPageHeaders(reply)
			return {
				messages: messages.flatMap(viewMessage),
				next: `${nextAfter(notifications, from[0])}-${nextAfter(codes, from[1])}`,
			}
		},
	)
}

const nextAfter = (newestFirst: readonly IncomingMessage[], from = 0): number =>
	newestFirst[0] === undefined ? from : Number(newestFirst[0].offset) + 1

const Sendable = Type.Union([Notification, LoginCodeSms])

/** None where the message is not one of ours: anybody may publish by the command line. */
function viewMessage({ topic, offset, value, publishedAt }: IncomingMessage): InboxMessage[] {
	const message = parse(value)
	if (!Value.Check(Sendable, message)) return []
	const { channel, template, locale, text } = message
	const to = message.channel === 'sms' ? message.recipient.phone : message.recipient.email
	const subject = message.channel === 'email' ? message.subject : null
	const code = message.template === 'login_code' ? message.data.code : null
	return [{ id: `${topic}/${offset}`, at: publishedAt.toISOString(), channel, template, to, locale, subject, text, code }]
}

function parse(value: Buffer | null): unknown {
	try {
		return JSON.parse(value?.toString() ?? 'null')
	} catch (error) {
		if (error instanceof SyntaxError) return null
		throw error
	}
}
