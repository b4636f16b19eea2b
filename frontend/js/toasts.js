// Messages at the lower right. The server sends them with a header:
//   HX-Trigger: {"toast": {"text": "Closed", "tone": "success", "undo": {"url": "/...", "label": "Undo"}}}
import { send } from './csrf.js'
import { text } from './texts.js'

const SECONDS = { error: 12, warning: 10, undo: 9, other: 5 }

/** Shows a message; `undo` adds a button that posts to its address, `link` one that leads somewhere. */
export function toast({ text: words, tone = 'success', undo, link }) {
  const region = document.getElementById('toasts')
  const model = modelOf(tone) ?? modelOf('neutral')
  if (!region || !model) return
  const item = model.cloneNode(true)
  item.querySelector('.toast-text').textContent = words
  if (undo) item.querySelector('[data-toast-close]').before(undoButton(item, undo))
  if (link) item.querySelector('[data-toast-close]').before(linkTo(link))
  region.append(item)
  expire(item, undo || link ? SECONDS.undo : (SECONDS[tone] ?? SECONDS.other))
}

function modelOf(tone) {
  return document.getElementById('toast-models')?.content.querySelector(`[data-toast="${tone}"]`)
}

function undoButton(item, undo) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'toast-action'
  button.textContent = undo.label ?? text('undo')
  button.addEventListener('click', async () => {
    button.disabled = true
    const answer = await send(undo.url).catch(() => null)
    item.remove()
    if (!answer?.ok) toast({ text: text('failed'), tone: 'error' })
    else document.body.dispatchEvent(new CustomEvent('okno:undone', { bubbles: true }))
  })
  return button
}

function linkTo({ url, label }) {
  const anchor = document.createElement('a')
  anchor.className = 'toast-action'
  anchor.href = url
  anchor.textContent = label
  return anchor
}

/** Goes by itself, but not while it is pointed at or holds the focus. */
function expire(item, seconds) {
  let timer
  const start = () => (timer = setTimeout(() => item.remove(), seconds * 1000))
  const stop = () => clearTimeout(timer)
  item.addEventListener('pointerenter', stop)
  item.addEventListener('focusin', stop)
  item.addEventListener('pointerleave', start)
  item.addEventListener('focusout', start)
  start()
}

document.addEventListener('toast', (event) => toast(event.detail))
document.addEventListener('click', (event) => {
  event.target.closest('[data-toast-close]')?.closest('[data-toast]')?.remove()
})
for (const item of document.querySelectorAll('#toasts [data-toast]')) expire(item, SECONDS[item.dataset.toast] ?? SECONDS.other)
