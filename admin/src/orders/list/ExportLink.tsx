import { useInfiniteQuery } from '@tanstack/react-query'
import { timeZone } from '../../i18n/formats.ts'
import { useLocale } from '../../i18n/locale.ts'
import { useTexts } from '../../i18n/texts.ts'
import { DownloadLink } from '../../ui/DownloadLink.tsx'
import { ordersQuery } from './orders.ts'
import type { OrderFilters } from './search.ts'
import { listTexts } from './texts.ts'

/** All orders that fit, as a file; times by the clock of this computer. None, where the API would not tell all. */
export function ExportLink({ filters }: { filters: OrderFilters }) {
	const t = useTexts(listTexts)
	const query = new URLSearchParams({
		...Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, String(value)])),
		locale: useLocale(),
		time_zone: timeZone(),
	})
	const { data } = useInfiniteQuery({ ...ordersQuery(filters), enabled: false })
	if (data?.pages[0]?.name_too_common) return null
	return <DownloadLink href={`/v1/admin/orders/export?${query.toString()}`}>{t.export}</DownloadLink>
}
