import { ConfigSchema } from '../src/platform/config.ts'

const HEADER = `<!-- Written by \`npm run generate\` from src/platform/config.ts. -->
# Settings

All of them are environment variables, and are checked at the start: every fault is listed at once.

| name | default | allowed | meaning |
| --- | --- | --- | --- |
`

/** The settings as a page of the documentation. */
export function settingsDocument(): string {
	const rows = Object.entries(ConfigSchema.properties).map(([name, schema]) => {
		const defaultValue = 'default' in schema ? `\`${String(schema.default)}\`` : ''
		return `| \`${name}\` | ${defaultValue} | ${allowedBy(schema)} | ${String(Reflect.get(schema, 'description') ?? '')} |`
	})
	return `${HEADER}${rows.join('\n')}\n`
}

function allowedBy(schema: object): string {
	const { enum: values, minimum, maximum, type, format } = Object.fromEntries(Object.entries(schema))
	if (Array.isArray(values)) return values.map((value) => `\`${String(value)}\``).join(', ')
	if (type === 'integer') return maximum === undefined ? `≥ ${String(minimum)}` : `${String(minimum)}–${String(maximum)}`
	return typeof format === 'string' ? format : String(type)
}
