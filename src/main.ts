import { inviteFirstOwner, invitationLink } from './modules/staff/index.ts'
import { type Config, readConfig, shownConfig } from './platform/config.ts'
import { createLog } from './platform/telemetry/log.ts'
import { type Shop, startShop } from './start.ts'

/** What runs when the end is asked for may take this long. */
const CLOSE_TIMEOUT_MS = 20_000

async function main(): Promise<void> {
	const config = readConfig(process.env)
	const log = createLog({ level: config.LOG_LEVEL })
	log.debug({ config: shownConfig(config) }, 'configuration')
	const shop = await startShop(config, log)
	const close = async (signal: NodeJS.Signals) => {
		log.info({ signal }, 'closing; a second signal ends at once')
		const impatience = setTimeout(() => {
			log.error({ timeout_ms: CLOSE_TIMEOUT_MS }, 'closing takes too long and is cut off')
			process.exit(1)
		}, CLOSE_TIMEOUT_MS)
		await shop.close()
		clearTimeout(impatience)
		log.info('closed')
		process.exit(0)
	}
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		process.once(signal, () => {
			process.once(signal, () => process.exit(1))
			close(signal).catch((error: unknown) => {
				log.fatal({ err: error }, 'closing failed')
				process.exit(1)
			})
		})
	}
	if (config.NODE_ENV === 'development') await welcome(config, shop)
	else log.info({ url: shop.url, role: config.ROLE }, 'ready')
}

/** Tells a newcomer where everything is. */
async function welcome(config: Config, { url, service }: Shop): Promise<void> {
	if (url === undefined) return service.log.info({ role: config.ROLE }, 'ready')
	const { publicUrl, sql, topics } = service
	const owner = await inviteFirstOwner(sql, `owner@${config.SHOP_DOMAIN}`)
	const lines = [
		[
			'Prilavok',
			`serves on ${publicUrl}, with ${config.DATABASE_URL ? 'your PostgreSQL' : `its own PostgreSQL in ${config.DATA_DIR}`}`,
		],
		['API', `${publicUrl}/v1/products`],
		['Reference', `${publicUrl}/docs/`],
		...(topics.kind === 'embedded' ? [['Inbox', `${publicUrl}/dev/inbox (every SMS and email)`]] : []),
		...(owner === undefined ? [] : [['First owner', `${invitationLink(publicUrl, owner)} (works once)`]]),
		['Fill the shop', 'npm run cli -- demo'],
	]
	process.stdout.write(`${lines.map(([name = '', text = '']) => `${name.padEnd(14)}${text}`).join('\n')}\n`)
}

try {
	await main()
} catch (error) {
	// The first thing somebody reads who starts it wrong: what to do, not where in the code.
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
	process.exit(1)
}
