import { readFile } from 'node:fs/promises'
import scalar from '@scalar/fastify-api-reference'
import { fastify } from 'fastify'
import manifest from '../package.json' with { type: 'json' }

/**
 * Scalar's program for the browser, with its version and licence. Taken out of its package, which is 5 MB and brings along
 * 17 MB of others that only ran beside the server.
 */
export async function scalarScript(): Promise<string> {
	const app = fastify()
	await app.register(scalar, { routePrefix: '/docs', configuration: { url: '/openapi.json' } })
	const { statusCode, body } = await app.inject('/docs/js/scalar.js')
	await app.close()
	if (statusCode !== 200) throw new Error(`the package gave no script: ${statusCode}`)
	const licence = await readFile(new URL('../LICENSE', import.meta.resolve('@scalar/fastify-api-reference')), 'utf8')
	const version = manifest.devDependencies['@scalar/fastify-api-reference']
	return `/*!\nScalar API reference ${version}\n${licence.trim()}\n*/\n${body}`
}
