/** The script of /dev/inbox: asks for new messages and puts them into the phone and the mailbox. */

const POLL_MS = 1_000
const RETRY_MS = 2_000
/** Of each kind; the oldest ones leave the page. */
const SHOWN_MAX = 200

const byId = (id) => document.getElementById(id)
const main = document.querySelector('main')
const status = byId('status')
const filter = byId('filter')
const lists = { sms: byId('sms'), email: byId('email') }
const locale = document.documentElement.lang

/** The messages on the page, newest first, each with its element. */
const shown = { sms: [], email: [] }
let next

/** Text only ever gets into the page as text. */
function element(name, className, ...children) {
	const made = document.createElement(name)
	if (className) made.className = className
	made.append(...children)
	return made
}

function timeOf(at) {
	const date = new Date(at)
	const today = date.toDateString() === new Date().toDateString()
	const short = today ? { timeStyle: 'medium' } : { dateStyle: 'short', timeStyle: 'medium' }
	const time = element('time', '', date.toLocaleString(locale, short))
	time.dateTime = at
	return time
}

function copyButton(code) {
	const { copy, copied } = main.dataset
	const button = element('button', 'copy', copy)
	button.type = 'button'
	button.addEventListener('click', async () => {
		await navigator.clipboard.writeText(code)
		button.textContent = copied
		setTimeout(() => {
			button.textContent = copy
		}, 2_000)
	})
	return button
}

function headOf({ to, at }) {
	const address = element('span', 'address', to)
	return element('p', 'head', element('span', 'to', `${main.dataset.to} `, address), timeOf(at))
}

function viewSms(message) {
	const item = element('li', 'sms', headOf(message))
	const text = element('p', 'text', message.text)
	text.lang = message.locale
	item.append(text)
	if (message.code !== null) {
		const row = element('p', 'code', element('strong', '', message.code))
		// Browsers give the clipboard to https and localhost only; elsewhere a click selects the code.
		if (navigator.clipboard) row.append(copyButton(message.code))
		item.append(row)
	}
	return item
}

function viewEmail(message) {
	const subject = element('h3', '', message.subject)
	const text = element('p', 'text', message.text)
	subject.lang = message.locale
	text.lang = message.locale
	return element('li', 'email', subject, headOf(message), text)
}

/** Messages come newest first; the newest stands on top. */
function add(messages) {
	for (const message of messages.toReversed()) {
		const item = message.channel === 'sms' ? viewSms(message) : viewEmail(message)
		if (next !== undefined) item.classList.add('new')
		const words = `${message.to} ${message.subject ?? ''} ${message.text}`.toLocaleLowerCase()
		shown[message.channel].unshift({ item, words })
		lists[message.channel].prepend(item)
	}
	for (const kept of Object.values(shown)) for (const { item } of kept.splice(SHOWN_MAX)) item.remove()
}

/** Spaces, brackets and dashes in a phone don't matter. */
const plain = (text) => text.toLocaleLowerCase().replaceAll(/[\s()-]/g, '')

function applyFilter() {
	const asked = plain(filter.value)
	for (const [channel, kept] of Object.entries(shown)) {
		const fitting = kept.filter(({ item, words }) => {
			item.hidden = !plain(words).includes(asked)
			return !item.hidden
		})
		byId(`${channel}-count`).textContent = fitting.length > 0 ? String(fitting.length) : ''
		const empty = byId(`${channel}-empty`)
		empty.hidden = fitting.length > 0
		empty.textContent = kept.length > 0 ? main.dataset.noMatch : empty.dataset.none
	}
}

function clear() {
	for (const kept of Object.values(shown)) for (const { item } of kept.splice(0)) item.remove()
}

function tell(state) {
	if (status.className === state) return
	status.className = state
	status.textContent = status.dataset[state]
}

async function poll() {
	const response = await fetch(next === undefined ? '/dev/inbox/messages' : `/dev/inbox/messages?after=${next}`)
	if (!response.ok) throw new Error(`the inbox answered ${response.status}`)
	const answer = await response.json()
	// The first answer after a break is the whole: the service may be a new one with new topics.
	if (next === undefined) clear()
	if (answer.messages.length > 0 || next === undefined) {
		add(answer.messages)
		applyFilter()
	}
	next = answer.next
}

async function follow() {
	for (;;) {
		let pause = POLL_MS
		// A page that nobody looks at asks for nothing.
		if (!document.hidden) {
			try {
				await poll()
				tell('live')
			} catch {
				// The service is away or being restarted: the page says so and asks again.
				next = undefined
				pause = RETRY_MS
				tell('offline')
			}
		}
		await new Promise((resolve) => setTimeout(resolve, pause))
	}
}

filter.addEventListener('input', applyFilter)
void follow()
