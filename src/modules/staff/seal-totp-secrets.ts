import type { Service } from '../service.ts'
import { listTotpSecrets, replaceTotpSecret } from './credential-queries.ts'
import { createTotpVault, isSealed } from './totp-vault.ts'

/**
 * Seals the secrets of authenticator apps that lie open, as they were kept before, and tells of those that this service's secret
 * does not open. For the start; several processes may do it at once.
 */
export async function sealTotpSecrets(service: Pick<Service, 'sql' | 'secret' | 'log'>): Promise<void> {
	const { sql, log } = service
	const vault = createTotpVault(service)
	const unreadable: number[] = []
	for (const { id, totp_secret: stored } of await listTotpSecrets(sql)) {
		if (!isSealed(stored)) await replaceTotpSecret(sql, { id, stored, sealed: vault.seal(id, stored) })
		else if (vault.open(id, stored) === undefined) unreadable.push(id)
	}
	if (unreadable.length > 0) {
		log.warn(
			{ staff: unreadable },
			'the authenticator apps of these no longer count: SECRET_KEY is not the one they were registered with. Set it to that one, ' +
				'or have them sign in with a recovery code and make each a link for new credentials',
		)
	}
}
