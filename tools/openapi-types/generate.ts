import openapiTS, { astToString } from 'openapi-typescript'

const HEAD = '// Written by `npm run generate` from openapi.json.\n'

/** The types of the API's paths and bodies, for the admin panel's client. */
export async function generateApiTypes(openapi: string): Promise<string> {
	return HEAD + astToString(await openapiTS(openapi, { alphabetize: true }))
}
