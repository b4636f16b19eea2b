// Windows: data-dialog-open="ID" opens, data-dialog-close closes, data-dialog-load="URL" fetches into #window.
// A touch beside a window closes it. hx-confirm="question" is asked in our own window.
import htmx from './htmx.js'

const FIRST_FIELD = '.window-body :is(input:not([type=hidden], [type=file]), select, textarea):not([disabled])'

export function openDialog(dialog) {
  if (!dialog || dialog.open) return
  dialog.showModal()
  // The browser takes the first button, which closes: whoever opened a form came to write.
  if (!dialog.querySelector('[autofocus]')) dialog.querySelector(FIRST_FIELD)?.focus()
  dialog.dispatchEvent(new CustomEvent('dialog:open', { bubbles: true }))
}

document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-dialog-open]')
  if (opener) openDialog(document.getElementById(opener.dataset.dialogOpen))
  const loader = event.target.closest('[data-dialog-load]')
  if (loader && !event.ctrlKey && !event.metaKey) {
    event.preventDefault()
    load(loader)
  }
  if (event.target.closest('[data-dialog-close]')) event.target.closest('dialog')?.close('no')
  if (event.target.matches('dialog.window') && beside(event)) event.target.close('no')
})

// A touch on the backdrop has the dialog as its target, and so has one on its own padding.
function beside({ target, clientX, clientY }) {
  const box = target.getBoundingClientRect()
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom
}

async function load(loader) {
  const dialog = document.getElementById(loader.dataset.dialogTarget ?? 'window')
  const content = dialog?.querySelector('[data-dialog-content]')
  if (!content) return
  content.replaceChildren()
  await htmx.ajax('GET', loader.dataset.dialogLoad, { target: content, swap: 'innerHTML' })
  if (content.childElementCount) openDialog(dialog)
}

// What a button posts for the window (hx-target="#window-content") opens it; a part of it drawn anew leaves it open.
document.addEventListener('htmx:after:swap', () => {
  for (const dialog of document.querySelectorAll('dialog:not([open]):has([data-window-opens])')) openDialog(dialog)
})
document.addEventListener('close', ({ target }) => target.querySelector?.('[data-window-opens]')?.removeAttribute('data-window-opens'), true)

// HX-Trigger: dialog:close (after a form in a window was taken)
document.addEventListener('dialog:close', () => {
  for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close('done')
})

document.addEventListener('htmx:confirm', (event) => {
  const { ctx, issueRequest, dropRequest } = event.detail
  const dialog = document.getElementById('confirm')
  if (!ctx.confirm || !dialog) return
  event.preventDefault()
  dialog.querySelector('#confirm-text').textContent = ctx.confirm
  const yes = dialog.querySelector('[data-confirm-yes]')
  yes.textContent = ctx.sourceElement.dataset.confirmButton ?? yes.dataset.text
  dialog.returnValue = 'no'
  dialog.addEventListener('close', () => (dialog.returnValue === 'yes' ? issueRequest() : dropRequest()), { once: true })
  openDialog(dialog)
})

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-confirm-yes]')) document.getElementById('confirm').close('yes')
})
