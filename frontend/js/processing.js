// The processing window of a request: a sign of life while it is open, and a word when it is closed without a result.
import { send } from './csrf.js'

const EVERY = 15_000 // milliseconds; the server counts a window as closed after 60 seconds of silence

const windows = () => [...document.querySelectorAll('dialog[open] [data-processing-alive]')]

async function beat(element) {
  const answer = await send(element.dataset.processingAlive, { keepalive: true }).catch(() => null)
  if (answer?.status === 409) element.querySelector('[data-processing-lost]').hidden = false
}

function leave(element) {
  send(element.dataset.processingLeave, { keepalive: true }).catch(() => {})
  element.removeAttribute('data-processing-alive')
}

setInterval(() => windows().forEach(beat), EVERY)

// A result was saved: there is nothing to leave.
document.addEventListener('dialog:close', () => {
  for (const element of document.querySelectorAll('[data-processing-alive]')) element.removeAttribute('data-processing-alive')
})
document.addEventListener('close', ({ target }) => {
  target.querySelectorAll?.('[data-processing-alive]').forEach(leave)
}, true)
addEventListener('pagehide', () => windows().forEach(leave))
