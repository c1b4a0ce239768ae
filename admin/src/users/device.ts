/** What browsers and systems call themselves; the first that fits, for most name their elders as well. */
const BROWSERS = [
	['YaBrowser', 'Яндекс Браузер'],
	['Edg', 'Edge'],
	['OPR', 'Opera'],
	['SamsungBrowser', 'Samsung Internet'],
	['Firefox', 'Firefox'],
	['FxiOS', 'Firefox'],
	['CriOS', 'Chrome'],
	['Chrome', 'Chrome'],
	['Safari', 'Safari'],
] as const
const SYSTEMS = [
	['Android', 'Android'],
	['iPhone', 'iPhone'],
	['iPad', 'iPad'],
	['Windows', 'Windows'],
	['Mac OS X', 'macOS'],
	['CrOS', 'ChromeOS'],
	['Linux', 'Linux'],
] as const

/** `Chrome, Android` out of what a browser calls itself; what is no browser is called what it calls itself. */
export function deviceOf(userAgent: string): string {
	const nameIn = (names: readonly (readonly [mark: string, name: string])[]) =>
		names.find(([mark]) => userAgent.includes(mark))?.[1]
	const parts = [nameIn(BROWSERS), nameIn(SYSTEMS)].filter((part) => part !== undefined)
	return userAgent.startsWith('Mozilla/') && parts.length > 0 ? parts.join(', ') : userAgent
}
