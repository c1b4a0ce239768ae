import { useQuery } from '@tanstack/react-query'
import { useFormats } from '../i18n/formats.ts'
import { useTexts } from '../i18n/texts.ts'
import { shellTexts } from '../shell/texts.ts'
import { Badge } from '../ui/Badge.tsx'
import { BackIcon } from '../ui/icons.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { Card, Columns, Facts, Page } from '../ui/Page.tsx'
import { ErrorState, Loading } from '../ui/States.tsx'
import { type Product, productQuery } from './products.ts'
import styles from './products.module.css'
import { productTexts } from './texts.ts'

/** What the inventory said of a product last, and what is left of it. */
export function ProductScreen({ id }: { id: number }) {
	const t = useTexts(productTexts)
	const shell = useTexts(shellTexts)
	const { data: product, error, refetch } = useQuery(productQuery(id))
	const back = (
		<LinkButton to="/products" kind="quiet">
			<BackIcon />
			{t.back}
		</LinkButton>
	)
	return (
		<Page title={product?.name ?? shell.products} actions={back}>
			{error && <ErrorState error={error} onRetry={() => void refetch()} />}
			{!product && !error && (
				<Card>
					<Loading />
				</Card>
			)}
			{product && (
				<Columns wide="first">
					<LastMessage product={product} />
					<Now product={product} />
				</Columns>
			)}
		</Page>
	)
}

function LastMessage({ product }: { product: Product }) {
	const t = useTexts(productTexts)
	const { moment, number } = useFormats()
	const { id, name, description, price, tax, version, changed_at: changed, measurements } = product
	return (
		<Card title={t.message}>
			<p className={styles['quiet']}>{t.messageLead}</p>
			<Facts
				facts={[
					[t.id, id],
					[t.version, version],
					[t.published, moment(changed)],
					[t.name, name],
					[t.description, description || t.noDescription],
					[t.price, number(price)],
					[t.tax, number(tax)],
					[t.weight, measurements ? t.grams(number(measurements.weight)) : t.noMeasurements],
					measurements !== null && [
						t.size,
						t.millimetres([measurements.height, measurements.width, measurements.length].map(number).join(' × ')),
					],
				]}
			/>
		</Card>
	)
}

function Now({ product: { available, withdrawn_at: withdrawn } }: { product: Product }) {
	const t = useTexts(productTexts)
	const { moment, number } = useFormats()
	return (
		<Card title={t.now}>
			<Facts
				facts={[
					[t.status, withdrawn ? <Badge tone="warning">{t.withdrawn}</Badge> : <Badge tone="accent">{t.onSale}</Badge>],
					withdrawn !== null && [t.withdrawnAt, moment(withdrawn)],
					[t.available, available === null ? t.notTracked : number(available)],
				]}
			/>
			{available !== null && <p className={styles['quiet']}>{t.availableHint}</p>}
		</Card>
	)
}
