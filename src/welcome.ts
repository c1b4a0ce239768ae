import { inviteFirstOwner, invitationLink } from './modules/staff/index.ts'
import type { Config } from './platform/config.ts'
import type { Shop } from './start.ts'

/** Tells a newcomer where everything is. */
export async function welcome(config: Config, { url, service }: Shop): Promise<void> {
	if (url === undefined) return service.log.info({ role: config.ROLE }, 'ready')
	const { publicUrl, sql, topics } = service
	const owner = await inviteFirstOwner(sql, `owner@${config.SHOP_DOMAIN}`)
	const lines = [
		[
			'Prilavok',
			`serves on ${publicUrl}, with ${config.DATABASE_URL ? 'your PostgreSQL' : `its own PostgreSQL in ${config.DATA_DIR}`}`,
		],
		['API', `${publicUrl}/v1/products`],
		['Admin panel', `${publicUrl}/admin/`],
		['Reference', `${publicUrl}/docs/`],
		...(topics.kind === 'embedded'
			? [
					['Inbox', `${publicUrl}/dev/inbox (every SMS and email)`],
					['Tracking', `${publicUrl}/dev/track (an order, live)`],
				]
			: []),
		...(owner === undefined ? [] : [['First owner', `${invitationLink(publicUrl, owner)} (works once)`]]),
		['Fill the shop', 'npm run cli -- demo'],
	]
	process.stdout.write(`${lines.map(([name = '', text = '']) => `${name.padEnd(14)}${text}`).join('\n')}\n`)
}
