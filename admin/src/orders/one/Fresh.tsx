import { useTexts } from '../../i18n/texts.ts'
import { Badge } from '../../ui/Badge.tsx'
import { orderTexts } from './texts.ts'

/** Marks what has come while the order was looked at. */
export const Fresh = () => <Badge tone="accent">{useTexts(orderTexts).fresh}</Badge>
