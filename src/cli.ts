import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { reasonOf } from './cli/errors.ts'
import { INTERRUPTED_EXIT_CODE, openTerminal, type Terminal } from './cli/terminal.ts'
import { SCOPES, STAFF_ROLES } from './modules/staff/index.ts'

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
}

function addKeys(keys: Command, terminal: Terminal): void {
	keys
		.command('create')
		.description('make a key, good for 365 days; prints it: the only time it is seen')
		.requiredOption('--name <name>', 'of the service that uses it')
		.requiredOption('--scope <scopes>', `what it is good for, with commas between: ${SCOPES.join(', ')}`, scopesOf)
		.action(async (options: { name: string; scope: readonly string[] }) =>
			(await import('./cli/keys-create.ts')).makeKey(options, terminal),
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
		process.exitCode = terminal.interrupted.aborted ? INTERRUPTED_EXIT_CODE : FAILED
	}
}
