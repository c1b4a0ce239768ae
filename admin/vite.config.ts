import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where a service runs, while `npm run admin:dev` serves the panel as it is edited. */
const SERVICE = process.env['PRILAVOK_URL'] ?? 'http://localhost:8080'

export default defineConfig({
	root: import.meta.dirname,
	base: '/admin/',
	plugins: [
		tanstackRouter({
			target: 'react',
			autoCodeSplitting: true,
			// What surrounds the screens is part of each first one.
			codeSplittingOptions: { splitBehavior: ({ routeId }) => (routeId === '/_desk' ? [] : [['component']]) },
			routesDirectory: './src/pages',
			generatedRouteTree: './src/routes.gen.ts',
			quoteStyle: 'single',
			semicolons: false,
			addExtensions: true,
		}),
		react(),
	],
	build: {
		target: 'es2023',
		manifest: true,
		// Everything is a file: the content security policy lets no `data:` in.
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		rolldownOptions: {
			// One file for what most screens share, not one for each piece of it: a browser takes many small files slower. Dialogs come later.
			output: {
				codeSplitting: {
					groups: [{ name: 'shared', test: (id) => !/@base-ui|[\\/]ui[\\/]Dialog/.test(id), minShareCount: 6 }],
				},
			},
		},
	},
	// The service takes its cookie from pages of its own address only.
	server: { proxy: { '/v1': { target: SERVICE, headers: { origin: SERVICE } } } },
})
