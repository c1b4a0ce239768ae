import { defineTexts } from '../i18n/texts.ts'

/** Words of the shared pieces. */
export const uiTexts = defineTexts({
	ru: {
		close: 'Закрыть',
		cancel: 'Отмена',
		copy: 'Копировать',
		copied: 'Скопировано',
		loading: 'Загрузка…',
		retry: 'Повторить',
		find: 'Найти',
		more: 'Показать ещё',
		failed: 'Не получилось загрузить',
		noRight: 'Недостаточно прав',
		notFound: 'Не найдено',
		notFoundText: 'Такой страницы или записи нет. Возможно, ссылка устарела.',
		dismiss: 'Скрыть сообщение',
	},
	en: {
		close: 'Close',
		cancel: 'Cancel',
		copy: 'Copy',
		copied: 'Copied',
		loading: 'Loading…',
		retry: 'Try again',
		find: 'Search',
		more: 'Show more',
		failed: 'Could not be loaded',
		noRight: 'You have no right to this',
		notFound: 'Not found',
		notFoundText: 'There is no such page or record. The link may be out of date.',
		dismiss: 'Hide this message',
	},
})
