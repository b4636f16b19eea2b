// What is being sent is seen to be under way, and is not sent twice: the pressed button turns (aria-busy), a second
// press of it does nothing, and after a moment a line at the top of the page says that the server still works.
const LONGEST = 60_000 // milliseconds after which a form may be sent again though no answer came
const sending = new Set()

function begin(owner, button) {
  sending.add(owner)
  button?.setAttribute('aria-busy', 'true')
  show()
}

function end(owner) {
  sending.delete(owner)
  for (const busy of [owner, ...owner.querySelectorAll('[aria-busy]')]) busy.removeAttribute('aria-busy')
  show()
}

function show() {
  for (const owner of sending) if (!owner.isConnected) sending.delete(owner)
  document.documentElement.toggleAttribute('data-working', sending.size > 0)
}

const buttonOf = (owner, submitter) => submitter ?? (owner.matches('form') ? owner.querySelector('[data-send], button:not([type=button])') : owner)

// Parts of the page: htmx.
document.addEventListener('htmx:config:request', (event) => {
  const { sourceElement, request } = event.detail.ctx
  if (request.method === 'GET') return
  if (sending.has(sourceElement)) event.preventDefault()
  else sending.add(sourceElement) // not shown yet: it may still have to be confirmed
})
document.addEventListener('htmx:before:request', (event) => {
  const { sourceElement, request } = event.detail.ctx
  if (sending.has(sourceElement)) begin(sourceElement, buttonOf(sourceElement, request.submitter))
})
document.addEventListener('htmx:finally:request', (event) => {
  const { sourceElement, hx } = event.detail.ctx
  if (!hx?.redirect) end(sourceElement)
})
document.addEventListener('htmx:after:swap', show)

// Whole pages: forms that the browser sends.
document.addEventListener('submit', (event) => {
  const form = event.target
  if (event.defaultPrevented || form.method !== 'post' || form.target) return
  if (sending.has(form)) return event.preventDefault()
  begin(form, buttonOf(form, event.submitter))
  setTimeout(() => end(form), LONGEST)
})
addEventListener('pageshow', () => [...sending].forEach(end)) // the browser's Back shows the page as it was left
