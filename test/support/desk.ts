import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { openPage, type PageOptions } from './browser.ts'
import type { TestShop } from './shop.ts'
import { giveStaffCookie } from './staff-cookie.ts'
import type { StaffMember } from './staff.ts'

/** Somebody's screen of the admin panel. */
export type Desk = Page

/** What a person of the tests prefers. */
export type DeskOptions = PageOptions & { readonly path?: string }

/**
 * Opens the panel as somebody who is signed in already, at `path` under /admin. In Russian, on a light screen of 1280 × 800, unless
 * told otherwise.
 */
export async function openDesk(browser: Browser, shop: TestShop, member: StaffMember, options: DeskOptions = {}): Promise<Desk> {
	const { path = '/', ...context } = options
	const page = await openPage(browser, { locale: 'ru-RU', viewport: { width: 1280, height: 800 }, ...context })
	const { publicUrl: url } = shop.service
	await giveStaffCookie(page, url, member.token)
	await page.goto(`${url}/admin${path}`)
	return page
}

/** The dialog that is open; what tells of something done is one by its role too, without a heading. */
export const dialogOn = (page: Page): Locator => page.getByRole('dialog').filter({ has: page.getByRole('heading') })

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Dialogs lie outside the landmarks, as they must; `region` does not know of their guards of the focus. */
const OFF = { region: { enabled: false } }
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Nothing on the page keeps anybody out, as far as axe can tell: in light and in dark. */
export async function assertAccessible(page: Page): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
		// By the debugger, which no content security policy holds up.
		if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE)
		const violations = await page.evaluate(`(async () => {
			const { violations } = await axe.run(document, ${JSON.stringify({ runOnly: RULES, rules: OFF, resultTypes: ['violations'] })})
			return violations.map(({ id, help, nodes }) => id + ': ' + help + ' ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join(' | '))
		})()`)
		assert.deepEqual(violations, [], `${page.url()} in ${colorScheme}`)
	}
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: null })
}

/** The page is never wider than the screen. */
export async function assertFits(page: Page): Promise<void> {
	const content = Number(await page.evaluate('document.documentElement.scrollWidth'))
	const screen = Number(await page.evaluate('window.innerWidth'))
	const wide = await page.evaluate(
		`[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > ${screen}).slice(0, 5).map((one) => one.outerHTML.slice(0, 200))`,
	)
	assert.ok(content <= screen, `${page.url()} is ${content} px wide on a screen of ${screen}: ${JSON.stringify(wide)}`)
}

const PICTURES = process.env['TEST_PICTURES']
/** A phone that is folded, a tablet, a notebook, a wide screen. */
const WIDTHS = [320, 768, 1280, 2560] as const

/**
 * Takes pictures of the page for people to look at, where TEST_PICTURES names a folder: each width, light and dark. Of the whole page, or
 * of the screen where the page is a list without end.
 */
export async function takePictures(page: Page, name: string, fullPage = true): Promise<void> {
	const before = page.viewportSize()
	for (const width of WIDTHS) {
		await page.setViewportSize({ width, height: 800 })
		await assertFits(page)
		if (PICTURES === undefined) continue
		mkdirSync(PICTURES, { recursive: true })
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme })
			await page.screenshot({ path: join(PICTURES, `${name}-${width}-${colorScheme}.png`), fullPage })
		}
	}
	await page.emulateMedia({ colorScheme: 'light' })
	if (before) await page.setViewportSize(before)
}
