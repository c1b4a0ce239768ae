import { Ajv } from 'ajv'
import { type Static, Type } from 'typebox'
import { isFilesUrl } from './files/port.ts'
import { faultsOf } from './http/validation.ts'
import { isBrokerList } from './topics/brokers.ts'

const text = (description: string, options: { default?: string; minLength?: number } = {}) =>
	Type.String({ description, minLength: 1, ...options })
const count = (description: string, options: { default: number; minimum?: number; maximum?: number }) =>
	Type.Integer({ description, minimum: 0, ...options })

const topic = (name: string, description: string) =>
	Type.String({ pattern: '^[A-Za-z0-9._-]{1,245}$', default: name, description: `Topic: ${description}` })

/** Every setting there is, with its default: the one table that the program, its check and the reference are made of. */
export const ConfigSchema = Type.Object({
	NODE_ENV: Type.Enum(['development', 'production', 'test'], {
		default: 'development',
		description: '`production` hides the inbox and prints logs only',
	}),
	HOST: text('Address to listen on', { default: '127.0.0.1' }),
	PORT: count('Port of the API; 0 takes a free one', { default: 8080, maximum: 65_535 }),
	METRICS_PORT: count('Port of /metrics and /health for the operator; 0: none', { default: 0, maximum: 65_535 }),
	METRICS_HOST: text('Address that METRICS_PORT listens on: one that the public can’t reach', { default: '127.0.0.1' }),
	PUBLIC_URL: Type.Optional(
		text('Where browsers reach this service, `https://host`: for links, and the Origin that cookies are taken from'),
	),
	TRUSTED_PROXIES: count('How many proxies stand in front and may name the client’s address', { default: 0, maximum: 10 }),
	ROLE: Type.Enum(['all', 'api', 'worker'], { default: 'all', description: 'What this process does' }),
	WORKERS: count('Processes that serve HTTP on PORT together; more than 1: each a child of the first, which does the rest', {
		default: 1,
		minimum: 1,
		maximum: 64,
	}),
	DRAIN_SECONDS: Type.Optional(
		Type.Integer({
			description:
				'How long one that is asked to end still answers all that comes, while /health/ready says 503; default: 5 in production, else 0',
			minimum: 0,
			maximum: 300,
		}),
	),
	DATABASE_URL: Type.Optional(text('PostgreSQL 18; without it the service runs its own in DATA_DIR')),
	DATA_DIR: text('Where the own PostgreSQL and the reports are kept', { default: '.data' }),
	KAFKA_BROKERS: Type.Optional(text('`host:port,…`, IPv6 as `[::1]:9092`; without it topics are kept in PostgreSQL')),
	KAFKA_USERNAME: Type.Optional(text('SASL SCRAM-SHA-512 user')),
	KAFKA_PASSWORD: Type.Optional(text('SASL password')),
	KAFKA_TLS: Type.Boolean({ default: false, description: 'TLS to the brokers' }),
	KAFKA_GROUP: text('Consumer group', { default: 'prilavok' }),
	TOPIC_PRODUCTS: topic('inventory.products.v1', 'Products, from the inventory service'),
	TOPIC_ORDER_STATUS: topic('inventory.order-status.v1', 'Commands to change an order’s status, from the inventory service'),
	TOPIC_TRACKING: topic('delivery.tracking.v1', 'Where deliveries are, from the delivery service'),
	TOPIC_NOTIFICATIONS: topic('shop.notifications.v1', 'SMS and emails, to the notification service'),
	TOPIC_LOGIN_CODES: topic('shop.login-codes.v1', 'SMS with one-time codes, to the notification service'),
	TOPIC_ORDERS: topic('shop.orders.v1', 'What happens to orders'),
	TOPIC_USERS: topic('shop.users.v1', 'What happens to users'),
	TOPIC_REPORTS: topic('shop.reports.v1', 'Reports that are ready or failed'),
	REPORTS_URL: Type.Optional(
		text(
			'Where the folder `reports` with their files lies: `file:///folder`, or `s3://bucket` or `s3://bucket/prefix` with the ' +
				'AWS tools’ own variables (AWS_REGION, AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY …); default: DATA_DIR',
		),
	),
	SECRET_KEY: Type.Optional(
		text(
			'Key of the hashes of phones and codes and of the staff’s apps, at least 32 characters; without it one is made and kept in the database',
			{
				minLength: 32,
			},
		),
	),
	LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
		default: 'info',
		description: 'Least severity that is logged',
	}),
	CURRENCY: Type.String({ pattern: '^[A-Z]{3}$', default: 'RUB', description: 'ISO 4217 code of all prices' }),
	PHONE_COUNTRY: Type.String({
		pattern: '^[A-Z]{2}$',
		default: 'RU',
		description: 'Country (ISO 3166-1) of phone numbers that are written without one',
	}),
	SHOP_NAME: text('Name in messages to customers', { default: 'Прилавок' }),
	SHOP_DOMAIN: text('Domain in the SMS with a code, which phones fill in by themselves', { default: 'shop.example' }),
	CONSENT_VERSION: text('Which text of the consent to the processing of personal data is agreed to', { default: '2026-11-01' }),
	ORDER_POSITIONS_MAX: count('Positions in an order and in a cart', { default: 20, minimum: 1, maximum: 1_000 }),
	LOGIN_CODES_PER_HOUR: count('SMS with a code to all phones together, and to each country prefix', { default: 10_000 }),
	LOGIN_CODES_PER_ADDRESS_PER_HOUR: count('SMS with a code asked for by one IPv4 address or IPv6 /64', { default: 30 }),
	REPORT_CONCURRENCY: count('Reports that one worker generates at once', { default: 1, minimum: 1, maximum: 16 }),
	REPORT_MAX_MINUTES: count('What one report may take in all; past it it has failed', {
		default: 60,
		minimum: 1,
		maximum: 1_440,
	}),
	AUDIT_KEEP_DAYS: count('How long it is kept what the staff did', { default: 1_095, minimum: 1, maximum: 36_500 }),
	REPORT_KEEP_DAYS: count('How long the file of a completed report is kept', { default: 90, minimum: 1, maximum: 36_500 }),
})
export type Config = Static<typeof ConfigSchema>

/** By hand nobody is to wait, and no balancer stands in front. */
const DRAIN_IN_PRODUCTION_SECONDS = 5
const MS_IN_SECOND = 1_000

/** How long this process goes on answering before it closes. One without HTTP has nobody to answer. */
export function drainMsOf({ DRAIN_SECONDS, NODE_ENV, ROLE }: Config): number {
	if (ROLE === 'worker') return 0
	return (DRAIN_SECONDS ?? (NODE_ENV === 'production' ? DRAIN_IN_PRODUCTION_SECONDS : 0)) * MS_IN_SECOND
}

const SECRETS: ReadonlySet<string> = new Set(['DATABASE_URL', 'KAFKA_PASSWORD', 'SECRET_KEY'])

const ajv = new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true, strict: true })
const validate = ajv.compile<Config>(ConfigSchema)

const PUBLIC_URL = /^https?:\/\/[^/?#@\s]+(?:\/[^?#\s]*)?$/i

/** What must hold of a text beyond its schema, so that nobody finds out when it is used. */
const TEXTS = [
	{
		name: 'PUBLIC_URL',
		// A host without its scheme is a URL as well: `localhost:8080` has the scheme `localhost` and no origin.
		isRight: (text: string) => PUBLIC_URL.test(text) && URL.canParse(text),
		must: 'begin with https:// or http:// and a host, and have neither a user, ? nor #: https://shop.example',
	},
	{ name: 'REPORTS_URL', isRight: isFilesUrl, must: 'be file:///folder, s3://bucket or s3://bucket/prefix' },
	{
		name: 'KAFKA_BROKERS',
		isRight: isBrokerList,
		must: 'be host:port of each broker, with commas between them and no scheme: kafka-1:9092,kafka-2:9092',
	},
] as const

/** The settings out of the environment. Throws one error that lists every fault, with the name and what is allowed. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
	const known = Object.keys(ConfigSchema.properties)
	const values: unknown = Object.fromEntries(known.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])))
	const isValid = validate(values)
	const faults = isValid
		? contradictionsIn(values)
		: faultsOf(validate.errors ?? []).map(({ pointer, message }) => `${pointer.slice(1)} ${message.en}`)
	for (const { name, isRight, must } of TEXTS) {
		const text = environment[name]
		if (text && !isRight(text)) faults.push(`${name} must ${must}`)
	}
	if (isValid && faults.length === 0) return values
	throw new Error(`These settings (environment variables) are wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
}

/** What does not go together. */
function contradictionsIn({ KAFKA_USERNAME, KAFKA_PASSWORD, WORKERS, ROLE }: Config): string[] {
	const faults = []
	if ((KAFKA_USERNAME === undefined) !== (KAFKA_PASSWORD === undefined)) {
		faults.push('KAFKA_USERNAME and KAFKA_PASSWORD go together')
	}
	if (WORKERS > 1 && ROLE === 'worker') {
		faults.push('WORKERS must be left out with ROLE=worker: it is about HTTP, which that role does not serve')
	}
	return faults
}

/** The settings as they may be shown: what is secret is hidden, a URL's password too. */
export function shownConfig(config: Config): Record<string, string | number | boolean> {
	return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, SECRETS.has(name) ? '(hidden)' : value]))
}
