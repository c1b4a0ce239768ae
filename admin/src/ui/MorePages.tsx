import { useTexts } from '../i18n/texts.ts'
import { Button } from './Button.tsx'
import styles from './States.module.css'
import { uiTexts } from './texts.ts'

/** The end of a list that goes on: asks for its next page. Takes what `useInfiniteQuery` gives. */
export function MorePages(list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }) {
	const t = useTexts(uiTexts)
	if (!list.hasNextPage) return null
	return (
		<div className={styles['more']}>
			<Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
				{t.more}
			</Button>
		</div>
	)
}
