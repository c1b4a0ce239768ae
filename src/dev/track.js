/** The script of /dev/track: signs somebody in, and shows how an order of theirs goes on. */

import { follow } from './track-client.js'

const byId = (id) => document.getElementById(id)
const main = document.querySelector('main')
const texts = JSON.parse(main.dataset.texts)
const locale = document.documentElement.lang
const { ask, enter, choice, events, problem } = Object.fromEntries(
	['ask', 'enter', 'choice', 'events', 'problem'].map((id) => [id, byId(id)]),
)

/** Text only ever gets into the page as text. */
function element(name, className, ...children) {
	const made = document.createElement(name)
	if (className) made.className = className
	made.append(...children)
	return made
}

function momentOf(at) {
	const time = element('time', '', new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' }))
	time.dateTime = at
	return time
}

/** Calls the API with the session's cookie; throws with the words of its refusal. */
async function call(method, path, body) {
	const sent = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
	const response = await fetch(`/v1${path}`, { method, ...sent }).catch(() => undefined)
	if (response === undefined) throw new Error(texts.noService)
	const answer = response.status === 204 ? undefined : await response.json()
	if (response.ok) return answer
	const faults = (answer.errors ?? []).map(({ pointer, message }) => `${pointer.slice(1)}: ${message}`)
	throw Object.assign(new Error([answer.title, ...faults].join(' ')), answer)
}

/** Does something that somebody asked for, and shows why when it does not work. */
async function attempt(work) {
	problem.textContent = ''
	try {
		await work()
	} catch (error) {
		problem.textContent = error.message
	}
}

/** What is known of the order that is followed; `shown` holds what stands in its timeline. */
let chosen = { stop: new AbortController(), shown: new Set() }

function choose(order) {
	chosen.stop.abort()
	chosen = { id: order.id, stop: new AbortController(), shown: new Set() }
	location.replace(`#${order.id}`)
	byId('number').textContent = `${texts.order} ${order.number}`
	byId('order').hidden = false
	clear()
	const { signal } = chosen.stop
	const tell = (state) => {
		if (signal.aborted) return
		if (state === 'signed-out') return askToSignIn()
		byId('status').className = state === 'live' ? 'live' : 'offline'
		byId('status').textContent = texts[state]
	}
	follow(`/v1/orders/${order.id}/events`, { show, tell, signal })
}

function clear() {
	chosen.shown.clear()
	events.replaceChildren()
	showNow('')
	showDelivery({})
}

/** Shows what a stream tells, once, however often it is told. */
function show(name, data) {
	if (name === 'reset') return clear()
	const key = data.version ?? JSON.stringify(data.event)
	if (chosen.shown.has(key)) return
	chosen.shown.add(key)
	if (name === 'status_changed') showStatus(data)
	else showDelivery(data.delivery, data.event)
}

function showStatus({ order_id, status, status_label, actor, reason, at }) {
	showNow(status_label)
	const inList = choice.querySelector(`[value="${order_id}"]`)?.closest('label').querySelector('.label')
	if (inList) inList.textContent = status_label
	addEvent(status, status_label, at, [texts.by[actor.type], reason])
}

function showDelivery({ carrier, tracking_number, estimated_at }, event) {
	const day = estimated_at && new Date(`${estimated_at}T00:00`).toLocaleDateString(locale, { dateStyle: 'long' })
	for (const [id, text] of Object.entries({ carrier, 'tracking-number': tracking_number, 'estimated-at': day })) {
		byId(id).textContent = text ?? ''
		byId(id).parentElement.hidden = !text
	}
	if (event) addEvent('delivery', texts.delivery[event.status], event.occurred_at, [event.location])
}

function showNow(text) {
	byId('now').textContent = text
}

/** The newest stands on top. */
function addEvent(kind, words, at, details) {
	const item = element('li', `new ${kind}`, element('strong', '', words), element('p', 'head', momentOf(at)))
	const known = details.filter(Boolean).join(' · ')
	if (known) item.lastChild.append(element('span', '', known))
	events.prepend(item)
}

function orderChoice(order) {
	const radio = element('input')
	Object.assign(radio, { type: 'radio', name: 'order', value: order.id, checked: order.id === chosen.id })
	radio.addEventListener('change', () => choose(order))
	const total = order.total.toLocaleString(locale, { style: 'currency', currency: order.currency, maximumFractionDigits: 0 })
	const head = element('span', 'head', element('strong', '', `${texts.order} ${order.number}`), element('span', '', total))
	return element('label', 'order', radio, element('span', '', head, element('span', 'label', order.status_label)))
}

/** Reads the list anew; orders may have been placed elsewhere. */
async function listOrders() {
	const { data } = await call('GET', '/orders')
	byId('no-orders').hidden = data.length > 0
	const focused = document.activeElement?.value
	choice.replaceChildren(...data.map(orderChoice))
	choice.querySelector(`[value="${focused}"]`)?.focus()
	if (chosen.id !== undefined || data.length === 0) return
	const wanted = data.find(({ id }) => `#${id}` === location.hash) ?? data[0]
	choice.querySelector(`[value="${wanted.id}"]`).checked = true
	choose(wanted)
}

function askToSignIn() {
	chosen.stop.abort()
	chosen = { stop: new AbortController(), shown: new Set() }
	for (const id of ['who', 'orders', 'order', 'enter']) byId(id).hidden = true
	for (const id of ['sign-in', 'ask']) byId(id).hidden = false
	choice.replaceChildren()
}

/** Shows the orders of whoever is signed in; false when nobody is. */
async function begin() {
	let user
	try {
		user = await call('GET', '/me')
	} catch (error) {
		askToSignIn()
		if (error.status === 401) return false
		throw error
	}
	byId('user').textContent = `${user.name}, ${user.phone}`
	byId('sign-in').hidden = true
	for (const id of ['who', 'orders']) byId(id).hidden = false
	await listOrders()
	return true
}

const valuesOf = (form) => Object.fromEntries(new FormData(form))

function askForName(isNew) {
	byId('newcomer').hidden = !isNew
	byId('newcomer').disabled = !isNew
}

async function askForCode() {
	const asked = await call('POST', '/login-codes', valuesOf(ask))
	byId('sent-to').textContent = `${texts.codeSent} ${asked.phone}`
	ask.hidden = true
	enter.hidden = false
	enter.reset()
	askForName(false)
	enter.elements.code.focus()
}

/** Who has no account yet is asked for name and email only then, and the same code goes along once more. */
async function signIn() {
	const { code, name, email, consent } = valuesOf(enter)
	const registration = name === undefined ? undefined : { name, email, consent: consent === 'on', locale }
	try {
		await call('POST', '/sessions', { phone: ask.elements.phone.value, code, registration })
	} catch (error) {
		if (error.code !== 'registration_required') throw error
		askForName(true)
		enter.elements.name.focus()
		return
	}
	if (!(await begin())) throw new Error(texts.noCookie)
}

/** The buttons send nothing by themselves: the page's policy lets no form out. */
function onSubmit(form, work) {
	form.addEventListener('submit', (event) => {
		event.preventDefault()
		void attempt(work)
	})
}

onSubmit(ask, askForCode)
onSubmit(enter, signIn)
byId('other-phone').addEventListener('click', askToSignIn)
byId('sign-out').addEventListener('click', () =>
	attempt(async () => {
		await call('DELETE', '/sessions/current')
		askToSignIn()
	}),
)
window.addEventListener('focus', () => {
	if (!byId('orders').hidden) void attempt(listOrders)
})
void attempt(begin)
