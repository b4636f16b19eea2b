// Passwords and keys. What is typed can be looked at (data-secret-show); a key of several lines makes the field one of
// several lines. What is shown goes by itself: data-vanish="30" (seconds), data-vanish-now; data-copy="ID" copies.
import { text } from './texts.js'
import { toast } from './toasts.js'

const area = (input) => {
  const wide = document.createElement('textarea')
  for (const name of ['id', 'name', 'autocomplete', 'autocapitalize', 'spellcheck', 'maxlength', 'required', 'aria-describedby', 'aria-invalid']) {
    if (input.hasAttribute(name)) wide.setAttribute(name, input.getAttribute(name))
  }
  wide.className = 'textarea masked w-full'
  wide.rows = 4
  wide.dataset.secret = ''
  return wide
}

// A field of one line would lose the line ends of a key.
document.addEventListener('paste', (event) => {
  const input = event.target.closest?.('input[data-secret]')
  const pasted = event.clipboardData?.getData('text/plain') ?? ''
  if (!input || !pasted.trim().includes('\n')) return
  event.preventDefault()
  const wide = area(input)
  wide.value = input.value.slice(0, input.selectionStart) + pasted + input.value.slice(input.selectionEnd)
  wide.classList.toggle('masked', input.type === 'password')
  input.replaceWith(wide)
  wide.focus()
})

function show(button) {
  const field = button.parentElement.querySelector('[data-secret]')
  const isShown = button.getAttribute('aria-pressed') !== 'true'
  button.setAttribute('aria-pressed', String(isShown))
  if (field.tagName === 'INPUT') field.type = isShown ? 'text' : 'password'
  else field.classList.toggle('masked', !isShown)
}

async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent)
  } catch {
    // without HTTPS browsers have no clipboard for scripts, but they copy what is selected
    getSelection().selectAllChildren(element)
    if (!document.execCommand('copy')) return
    getSelection().removeAllRanges()
  }
  toast({ text: text('copied') })
}

const holder = (shown) => shown.parentElement

function vanish(shown) {
  const place = holder(shown)
  const hadFocus = shown.contains(document.activeElement)
  shown.remove()
  if (hadFocus) document.querySelector(`[hx-target="#${place?.id}"]`)?.focus()
}

function begin(shown) {
  shown.dataset.begun = ''
  const bar = shown.querySelector('progress')
  const ends = Date.now() + shown.dataset.vanish * 1000
  const timer = setInterval(() => {
    const left = (ends - Date.now()) / 1000
    if (bar) bar.value = Math.max(left, 0)
    if (left <= 0 || !shown.isConnected) {
      clearInterval(timer)
      if (shown.isConnected) vanish(shown)
    }
  }, 250)
}

document.addEventListener('htmx:after:swap', () => document.querySelectorAll('[data-vanish]:not([data-begun])').forEach(begin))
addEventListener('pagehide', () => document.querySelectorAll('[data-vanish]').forEach(vanish))
document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-secret-show], [data-copy], [data-vanish-now]')
  if (!button) return
  if ('secretShow' in button.dataset) show(button)
  else if ('copy' in button.dataset) copy(document.getElementById(button.dataset.copy))
  else vanish(button.closest('[data-vanish]'))
})
