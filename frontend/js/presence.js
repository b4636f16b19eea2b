// Tells the others that this page is being read, or answered: <form data-presence-url="..."> while it is visible.
import { send } from './csrf.js'

const EVERY = 20_000
const TYPING = 8_000 // milliseconds after the last key in which somebody still counts as typing

const typed = new WeakMap()

function beat(element) {
  const typing = Date.now() - (typed.get(element) ?? 0) < TYPING
  const body = new URLSearchParams({ typing: typing ? '1' : '' })
  send(element.dataset.presenceUrl, { body, keepalive: true }).catch(() => {})
}

function beatAll() {
  if (document.visibilityState !== 'visible') return
  document.querySelectorAll('[data-presence-url]').forEach(beat)
}

document.addEventListener('input', (event) => {
  const element = event.target.closest('[data-presence-url]')
  if (!element) return
  const first = Date.now() - (typed.get(element) ?? 0) > TYPING
  typed.set(element, Date.now())
  if (first) beat(element)
})
document.addEventListener('visibilitychange', beatAll)
setInterval(beatAll, EVERY)
beatAll()
