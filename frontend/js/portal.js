// The pages of clients: what was shown is told to the server as read, never the mere fetching of a page; a talk opens
// where the news begins and follows what is added while one reads its end.
import { send } from './csrf.js'
import { openDialog } from './dialogs.js'

const SHOWN_FOR = 700 // milliseconds for which a page is in sight before it counts as read
const NEAR = 220
let told = ''
let wasAtEnd = false

const talk = () => document.querySelector('[data-read-url]')
const atEnd = () => document.documentElement.scrollHeight - scrollY - innerHeight < NEAR

async function tellRead() {
  const place = talk()
  if (!place || document.hidden) return
  const { readUrl, message, event } = place.dataset
  const now = `${readUrl} ${message} ${event}`
  if (now === told) return
  told = now
  const body = new FormData()
  body.append('message', message)
  body.append('event', event)
  const answer = await send(readUrl, { body }).catch(() => null)
  if (!answer?.ok) told = ''
  else document.getElementById('portal-menu')?.dispatchEvent(new CustomEvent('refresh'))
}

function tellSoon() {
  if (talk()) setTimeout(tellRead, SHOWN_FOR)
}

document.addEventListener('visibilitychange', tellSoon)
document.addEventListener('htmx:before:swap', () => (wasAtEnd = atEnd()))
document.addEventListener('htmx:after:swap', () => {
  if (talk() && wasAtEnd) scrollTo({ top: document.documentElement.scrollHeight })
  tellSoon()
})
document.addEventListener('composer:clear', () => talk() && setTimeout(() => scrollTo({ top: document.documentElement.scrollHeight }), 60))
document.addEventListener('click', (event) => event.target.closest('[data-print]') && print())

document.querySelector('[data-first-new]')?.scrollIntoView({ block: 'start' })
for (const place of document.querySelectorAll('[data-open-dialog]')) openDialog(document.getElementById(place.dataset.openDialog))
tellSoon()
