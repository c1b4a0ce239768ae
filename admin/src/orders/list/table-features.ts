import { rowSelectionFeature, tableFeatures } from '@tanstack/react-table'

/** What the table of orders does beside showing them. */
export const orderFeatures = tableFeatures({ rowSelectionFeature })
