import type { Locale } from '../platform/http/problem.ts'
import { TRACK_TEXTS } from './track-texts.ts'

/** A parcel. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#1d8f6b" stroke-width="1.5">' +
		'<path d="m8 1.5 6 3v7l-6 3-6-3v-7zM2 4.5l6 3 6-3m-6 3v7"/></svg>',
)}`

/** The page of /dev/track, empty: its script fills it. Only texts of the table stand in it. */
export function trackPage(locale: Locale): string {
	const texts = TRACK_TEXTS[locale]
	return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${texts.title} · Prilavok</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="/dev/page.css">
<link rel="stylesheet" href="/dev/track.css">
<script type="module" src="/dev/track.js"></script>
<header>
	<div class="intro">
		<h1>${texts.title}</h1>
		<p>${texts.lead} <a href="/dev/inbox">${texts.inbox}</a> · <a href="/docs/">${texts.reference}</a></p>
	</div>
	<p id="who" hidden><span id="user"></span> <button type="button" id="sign-out">${texts.signOut}</button></p>
</header>
<noscript><p>${texts.javascript}</p></noscript>
<p id="problem" role="alert"></p>
<main data-texts="${inAttribute(JSON.stringify(texts.script))}">
	<section id="sign-in" aria-labelledby="sign-in-title" hidden>
		<h2 id="sign-in-title">${texts.signIn}</h2>
		<form id="ask">
			<label>${texts.phone}<input name="phone" type="tel" autocomplete="tel" placeholder="+7 900 123-45-67" required></label>
			<button class="main">${texts.sendCode}</button>
		</form>
		<form id="enter" hidden>
			<p><span id="sent-to"></span>. <a href="/dev/inbox" target="_blank">${texts.codeHint}</a></p>
			<label>${texts.code}<input name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" required></label>
			<fieldset id="newcomer" hidden disabled>
				<p role="status">${texts.isNew}</p>
				<label>${texts.name}<input name="name" autocomplete="name" maxlength="100" required></label>
				<label>${texts.email}<input name="email" type="email" autocomplete="email" required></label>
				<label class="check"><input name="consent" type="checkbox" required>${texts.consent}</label>
			</fieldset>
			<button class="main">${texts.enter}</button>
			<button type="button" id="other-phone">${texts.otherPhone}</button>
		</form>
	</section>
	<section id="orders" aria-labelledby="orders-title" hidden>
		<h2 id="orders-title">${texts.orders}</h2>
		<p class="empty" id="no-orders" hidden>${texts.noOrders}</p>
		<div id="choice" role="radiogroup" aria-labelledby="orders-title"></div>
	</section>
	<section id="order" aria-labelledby="number" hidden>
		<div class="head"><h2 id="number"></h2><p id="status" role="status"></p></div>
		<p id="now"></p>
		<dl>
			<div hidden><dt>${texts.carrier}</dt><dd id="carrier"></dd></div>
			<div hidden><dt>${texts.trackingNumber}</dt><dd id="tracking-number"></dd></div>
			<div hidden><dt>${texts.estimatedAt}</dt><dd id="estimated-at"></dd></div>
		</dl>
		<h3>${texts.history}</h3>
		<ol id="events" aria-live="polite"></ol>
	</section>
</main>
</html>
`
}

const inAttribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
