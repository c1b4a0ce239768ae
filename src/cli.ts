import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { Ending } from './cli/errors.ts'
import type { ReportWish, ShopPlace } from './cli/report-client.ts'
import { INTERRUPTED_EXIT_CODE, openTerminal, type Terminal } from './cli/terminal.ts'
import { SCOPES } from './modules/staff/index.ts'
import { STAFF_ROLES } from './platform/http/policy.ts'
import { reasonOf } from './platform/telemetry/reason.ts'

const SPAN_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const
const FAILED = 1
const WRONG_USAGE = 2

/** The commands and what they take. What they do stands in a file each, loaded when it is called for. */
function commandsOn(terminal: Terminal): Command {
	const program = new Command('npm run -s cli --')
		.description('Works on the shop beside a running service and without one. Results go to stdout, all else to stderr.')
		.addHelpText(
			'after',
			'\nSettings are environment variables, the same as the service has (DATA_DIR, DATABASE_URL, KAFKA_BROKERS, …).',
		)
		.exitOverride()
		.showHelpAfterError('(add --help to see what there is)')
	program
		.command('migrate')
		.description('bring the database to this version of the program; prints the migrations that were carried out')
		.action(async () => (await import('./cli/migrate.ts')).migrate(terminal))
	addTopics(program.command('topics').description('look into topics and put messages there'), terminal)
	addStaff(program.command('staff').description('people who work in the shop'), terminal)
	addKeys(program.command('keys').description('API keys of other services'), terminal)
	addReports(program.command('reports').description('ask for reports of what was sold, and fetch them'), terminal)
	addDemo(program, terminal)
	return program
}

const LINES = `
A line is {"key": "10", "headers": {}, "value": {"id": 10}}. A null value withdraws the key. Bytes that are no text or no JSON
stand in base64, as "key_base64" or "value_base64".`

function addTopics(topics: Command, terminal: Terminal): void {
	topics
		.command('tail')
		.description('print the messages of a topic, a JSON line each')
		.argument('<topic>', 'its name, like shop.orders.v1')
		.option('--from-beginning', 'also what is there already', false)
		.option('--follow', 'wait for more; Ctrl-C ends', false)
		.addHelpText('after', LINES)
		.action(async (topic: string, options: { fromBeginning: boolean; follow: boolean }) =>
			(await import('./cli/topics-tail.ts')).tailTopic(topic, options, terminal),
		)
	topics
		.command('publish')
		.description('publish the messages of a file, a JSON line each; prints how many')
		.argument('<topic>', 'its name, like inventory.products.v1')
		.argument('[file]', 'where the lines are; - is stdin', '-')
		.addHelpText('after', `${LINES}\nA line without a key and a value is a value, whose key is its "order_id" or "id".`)
		.action(async (topic: string, file: string) => (await import('./cli/topics-publish.ts')).publishLines(topic, file, terminal))
}

function addStaff(staff: Command, terminal: Terminal): void {
	staff
		.command('invite')
		.description('invite somebody; prints the link to open, which works once, for 72 hours')
		.requiredOption('--email <email>', 'whom')
		.addOption(new Option('--role <role>', 'what the person may do').choices(STAFF_ROLES).makeOptionMandatory())
		.action(async (options: { email: string; role: string }) =>
			(await import('./cli/staff-invite.ts')).inviteToStaff(options, terminal),
		)
	staff
		.command('reset')
		.description('for who has lost the password or the phone: prints a link to choose anew, which works once, for 72 hours')
		.requiredOption('--email <email>', 'whose')
		.action(async ({ email }: { email: string }) => (await import('./cli/staff-reset.ts')).makeReset(email, terminal))
}

function addKeys(keys: Command, terminal: Terminal): void {
	keys
		.command('create')
		.description('make a key, good for 365 days; prints it: the only time it is seen')
		.requiredOption('--name <name>', 'of the service that uses it')
		.requiredOption('--scope <scopes>', `what it is good for, with commas between: ${SCOPES.join(', ')}`, scopesOf)
		.action(async (options: { name: string; scope: readonly string[] }) =>
			(await import('./cli/keys-create.ts')).printNewKey(options, terminal),
		)
	keys
		.command('list')
		.description('print the keys, a JSON line each, newest first')
		.action(async () => (await import('./cli/keys-list.ts')).printKeys(terminal))
	keys
		.command('revoke')
		.description('end a key at once')
		.argument('<id>', 'as "keys list" shows it', (text) => countOf(text, Number.MAX_SAFE_INTEGER))
		.action(async (id: number) => (await import('./cli/keys-revoke.ts')).endKey(id, terminal))
}

const KEY = `
The shop is asked by HTTP, with a key of the scope "reports": set PRILAVOK_KEY, or give a file by --key-file. So this also works
from another machine. Beside the service one is made by
  export PRILAVOK_KEY=$(npm run -s cli -- keys create --name NAME --scope reports)`

function addReports(reports: Command, terminal: Terminal): void {
	const add = (name: string, description: string): Command =>
		reports
			.command(name)
			.description(description)
			.addOption(
				new Option('--url <url>', 'where the shop serves (default: http://localhost:PORT)').env('PRILAVOK_URL').argParser(urlOf),
			)
			.addOption(new Option('--key-file <file>', 'where the key stands').env('PRILAVOK_KEY_FILE'))
			.addHelpText('after', KEY)
	add('create', 'ask for a report; prints its id and number as a JSON line')
		.option('--from <moment>', 'of orders placed at or after: 2026-11-23 (in UTC) or 2026-11-23T00:00:00+03:00', momentOf)
		.option('--to <moment>', 'of orders placed before', momentOf)
		.option('--idempotency-key <key>', 'asked again with the same key it is the same report')
		.action(async (options: ReportWish & ShopPlace) => (await import('./cli/reports-create.ts')).createReport(options, terminal))
	add('get', 'print a report as a JSON line: its status, lines, bytes, SHA-256, and why it failed')
		.argument('<id>', 'as "reports create" prints it')
		.action(async (id: string, options: ShopPlace) => (await import('./cli/reports-get.ts')).printReport(id, options, terminal))
	add('wait', 'wait until a report is completed, and print it; ends with 1 when it failed, with 124 when the time is over')
		.argument('<id>', 'as "reports create" prints it')
		.addOption(new Option('--timeout <time>', 'how long at most, like 90s, 30m or 2h').argParser(spanOf).default(SPAN_MS.h, '1h'))
		.action(async (id: string, { timeout, ...place }: ShopPlace & { timeout: number }) =>
			(await import('./cli/reports-wait.ts')).waitForReport(id, { ...place, timeoutMs: timeout }, terminal),
		)
	add('download', 'fetch the file of a completed report; goes on where it was cut short, and checks its SHA-256')
		.argument('<id>', 'as "reports create" prints it')
		.argument('[file]', 'where it goes; - is stdout', '-')
		.action(async (id: string, file: string, place: ShopPlace) =>
			(await import('./cli/reports-download.ts')).downloadReport(id, { ...place, file }, terminal),
		)
}

const DEMO_ORDERS = 12
const DEMO_ORDERS_MAX = 1_000

function addDemo(program: Command, terminal: Terminal): void {
	program
		.command('demo')
		.description('fill a running shop: plays the inventory, the delivery and some customers; prints what it did')
		.option(
			'--orders <number>',
			`orders to place, at most ${DEMO_ORDERS_MAX}`,
			(text) => countOf(text, DEMO_ORDERS_MAX),
			DEMO_ORDERS,
		)
		.option('--url <url>', 'where the shop serves (default: http://localhost:PORT)')
		.action(async (options: { orders: number; url?: string }) => (await import('./cli/demo.ts')).playDemo(options, terminal))
}

function scopesOf(text: string, before: readonly string[] = []): string[] {
	const scopes = text.split(',').map((scope) => scope.trim())
	const unknown = scopes.filter((scope) => !SCOPES.some((known) => known === scope))
	if (unknown.length > 0) throw new InvalidArgumentError(`There is no "${unknown.join('", "')}": choose of ${SCOPES.join(', ')}.`)
	return [...before, ...scopes]
}

function countOf(text: string, max: number): number {
	const count = /^\d{1,16}$/.test(text) ? Number(text) : 0
	if (count >= 1 && count <= max) return count
	throw new InvalidArgumentError(`It must be a whole number from 1 to ${max}.`)
}

function urlOf(text: string): string {
	if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
	throw new InvalidArgumentError('It must be a URL like http://localhost:8080.')
}

/** A day is its first moment, in UTC; the shop looks at the rest. */
const momentOf = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text)

/** What a timer of Node takes, and then some days less. */
const SPAN_MAX_MS = 24 * SPAN_MS.h * 20

function spanOf(text: string): number {
	const [, amount, unit = 's'] = /^(\d{1,9})([smh])?$/.exec(text) ?? []
	const ms = Number(amount) * (unit === 'h' ? SPAN_MS.h : unit === 'm' ? SPAN_MS.m : SPAN_MS.s)
	if (ms > 0 && ms <= SPAN_MAX_MS) return ms
	throw new InvalidArgumentError('It must be a time like 90s, 30m or 2h, of 20 days at most.')
}

const exitCodeOf = (error: unknown): number => (error instanceof Ending ? error.exitCode : FAILED)

const terminal = openTerminal()
try {
	await commandsOn(terminal).parseAsync()
} catch (error) {
	if (error instanceof CommanderError) {
		// Commander has said all of it.
		process.exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE
	} else {
		// The first thing somebody reads who does it wrong: what to do, not where in the code.
		terminal.say(reasonOf(error))
		process.exitCode = terminal.interrupted.aborted ? INTERRUPTED_EXIT_CODE : exitCodeOf(error)
	}
}
