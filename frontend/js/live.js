// What changes on the server says so; parts of the page that show it (data-live="ticket:123") are told to refresh and
// fetch themselves again (hx-trigger="refresh"). One stream serves all tabs where the browser has shared workers.
import { text } from './texts.js'
import { Stream } from './stream.js'

const PAUSE = 250 // milliseconds in which several messages become one refresh
const meta = document.querySelector('meta[name="okno-live"]')
const waiting = new Set() // parts that will be refreshed at the end of the pause
const stale = new Set() // parts of a page that nobody sees now

function refresh(element) {
  if (document.hidden) return stale.add(element)
  if (waiting.has(element)) return
  waiting.add(element)
  setTimeout(() => {
    waiting.delete(element)
    if (element.isConnected) element.dispatchEvent(new CustomEvent('refresh', { bubbles: false }))
  }, PAUSE)
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) return
  stale.forEach(refresh)
  stale.clear()
})

/** data-live may name several topics; "tickets" also hears "tickets:mine" and every "ticket:...". */
function hears(element, topic) {
  return element.dataset.live.split(' ').some((wanted) => {
    const family = topic.split(':')[0]
    return wanted === topic || wanted === family || wanted === `${family}s`
  })
}

function receive(message) {
  if (message.kind === 'state') return showState(message.state)
  if (message.kind === 'resync') return document.querySelectorAll('[data-live]').forEach(refresh)
  const { topic } = message.data
  if (!topic) return
  if (topic === '*') return receive({ kind: 'resync' }) // the server cannot say what was missed
  for (const element of document.querySelectorAll('[data-live]')) if (hears(element, topic)) refresh(element)
  document.dispatchEvent(new CustomEvent('okno:live', { detail: message.data }))
}

function showState(state) {
  for (const dot of document.querySelectorAll('[data-live-state]')) {
    dot.dataset.state = state
    const words = text(state === 'open' ? 'liveOpen' : 'liveLost')
    dot.setAttribute('aria-label', words)
    dot.title = words
  }
}

/** The stream's address; it says when this page was drawn, so that nothing is missed before the stream is open. */
function address() {
  const url = new URL(meta.content, location.href)
  if (meta.dataset.since) url.searchParams.set('since', meta.dataset.since)
  return url.href
}

function shared() {
  // The name holds the person: who signs in after another gets a stream of his own.
  const name = `okno-live-${meta.dataset.user ?? ''}`
  const worker = new SharedWorker(new URL('./live-worker.js', import.meta.url), { type: 'module', name })
  worker.port.addEventListener('message', (event) => receive(event.data))
  worker.port.start()
  const greet = () => worker.port.postMessage({ kind: 'hello', url: address(), since: Number(meta.dataset.since) })
  greet()
  addEventListener('pagehide', () => worker.port.postMessage({ kind: 'bye' }))
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    greet()
    receive({ kind: 'resync' })
  })
}

if (meta) {
  if ('SharedWorker' in window) shared()
  else new Stream(address(), receive).open()
}
