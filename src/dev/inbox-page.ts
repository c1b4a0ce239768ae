import type { Locale } from '../platform/http/problem.ts'

type Texts = {
	title: string
	lead: string
	filter: string
	filterHint: string
	phone: string
	mailbox: string
	noSms: string
	noEmail: string
	noMatch: string
	copy: string
	copied: string
	to: string
	live: string
	offline: string
	reference: string
	javascript: string
}

const TEXTS: Readonly<Record<Locale, Texts>> = {
	en: {
		title: 'Inbox',
		lead: 'What the shop sends to phones and mailboxes. Only in development, where nobody delivers it.',
		filter: 'Show only',
		filterHint: 'Phone, email or a word',
		phone: 'Phone',
		mailbox: 'Mailbox',
		noSms: 'No SMS yet. Register or sign in, and the code arrives here.',
		noEmail: 'No email yet. Place an order, and its confirmation arrives here.',
		noMatch: 'Nothing fits what is asked for above.',
		copy: 'Copy code',
		copied: 'Copied',
		to: 'to',
		live: 'Live',
		offline: 'No connection, trying again',
		reference: 'API reference',
		javascript: 'This page needs JavaScript.',
	},
	ru: {
		title: 'Входящие',
		lead: 'Что магазин отправляет на телефоны и почту. Только при разработке, когда доставлять это некому.',
		filter: 'Показать только',
		filterHint: 'Телефон, почта или слово',
		phone: 'Телефон',
		mailbox: 'Почта',
		noSms: 'SMS пока нет. Зарегистрируйтесь или войдите — код придёт сюда.',
		noEmail: 'Писем пока нет. Оформите заказ — подтверждение придёт сюда.',
		noMatch: 'Ничего подходящего под условие выше.',
		copy: 'Копировать',
		copied: 'Скопировано',
		to: 'для',
		live: 'Обновляется само',
		offline: 'Нет связи, пробуем снова',
		reference: 'Описание API',
		javascript: 'Для этой страницы нужен JavaScript.',
	},
}

/** An envelope. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#1d8f6b" stroke-width="1.5">' +
		'<rect x="1.5" y="3" width="13" height="10" rx="1.5"/><path d="m2 4 6 5 6-5"/></svg>',
)}`

/** The inbox's page, empty: its script fills it. Only texts of the table above stand in it. */
export function inboxPage(locale: Locale): string {
	const texts = TEXTS[locale]
	return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${texts.title} · Prilavok</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="/dev/page.css">
<link rel="stylesheet" href="/dev/inbox.css">
<script type="module" src="/dev/inbox.js"></script>
<header>
	<div class="intro">
		<h1>${texts.title}</h1>
		<p>${texts.lead} <a href="/docs/">${texts.reference}</a></p>
	</div>
	<div class="tools">
		<label>${texts.filter}<input id="filter" type="search" placeholder="${texts.filterHint}" autocomplete="off" spellcheck="false"></label>
		<p id="status" role="status" data-live="${texts.live}" data-offline="${texts.offline}"></p>
	</div>
</header>
<noscript><p>${texts.javascript}</p></noscript>
<main data-to="${texts.to}" data-copy="${texts.copy}" data-copied="${texts.copied}" data-no-match="${texts.noMatch}">
	<section class="phone" aria-labelledby="phone">
		<h2 id="phone">${texts.phone} <span class="count" id="sms-count"></span></h2>
		<p class="empty" id="sms-empty" data-none="${texts.noSms}">${texts.noSms}</p>
		<ol id="sms"></ol>
	</section>
	<section class="mailbox" aria-labelledby="mailbox">
		<h2 id="mailbox">${texts.mailbox} <span class="count" id="email-count"></span></h2>
		<p class="empty" id="email-empty" data-none="${texts.noEmail}">${texts.noEmail}</p>
		<ol id="email"></ol>
	</section>
</main>
</html>
`
}
