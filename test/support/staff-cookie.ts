import type { Page } from 'playwright-core'

/** Signs the browser of the page in to the panel of the service at `url`, with the token of a session that is open. */
export async function giveStaffCookie(page: Page, url: string, token: string): Promise<void> {
	// A cookie whose name begins with `__Host-` comes from an answer of its host only.
	const cookie = `__Host-staff=${token}; Path=/; Secure; HttpOnly; SameSite=Lax`
	await page.route(`${url}/signed-in`, (route) => route.fulfill({ headers: { 'set-cookie': cookie }, body: '' }))
	await page.goto(`${url}/signed-in`)
}
