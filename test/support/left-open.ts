import { test } from 'node:test'
import { layFarMachines, whyNoFarMachines } from './far-machines.ts'
import { startProcess } from './process.ts'
import { startTestShop } from './shop.ts'

/** A test that goes on until its file is broken off. Tells what it has opened. */
test('goes on and on', async () => {
	const { settings } = await startTestShop({ ROLE: 'api' })
	const far = whyNoFarMachines() === false ? layFarMachines().add() : undefined
	const { child } = startProcess({ ...settings, ROLE: 'worker' })
	const opened = { dataDir: settings['DATA_DIR'], pid: child.pid, space: far?.by.at(-1) }
	process.stdout.write(`opened ${JSON.stringify(opened)}\n`)
	await new Promise(() => setInterval(() => {}, 1_000))
})
