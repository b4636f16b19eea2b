// A failed request says what happened and leaves everything typed where it is. 422 (and 409) answers are swapped in
// by htmx, since they hold the form with its errors.
import { text } from './texts.js'
import { toast } from './toasts.js'

const SWAPPED = [409, 422]
const NAMES = { 401: 'signedOut', 403: 'forbidden', 404: 'missing', 410: 'missing', 413: 'tooLarge', 429: 'tooMany' }

document.addEventListener('htmx:response:error', (event) => {
  const { ctx } = event.detail
  const told = ctx.hx?.trigger?.includes('"toast"')
  if (told || SWAPPED.includes(ctx.response.status)) return
  toast({ text: text(NAMES[ctx.response.status] ?? 'failed'), tone: 'error' })
})

document.addEventListener('htmx:error', (event) => {
  const { ctx } = event.detail
  if (!ctx || ctx.response) return // not a matter of the network
  const late = ctx.request?.signal?.reason === 'timeout'
  toast({ text: text(late ? 'timeout' : 'offline'), tone: 'error' })
})

// After a form came back with errors, its summary takes the focus so that it is read and seen.
document.addEventListener('htmx:after:swap', (event) => {
  if (!SWAPPED.includes(event.detail.ctx?.response?.status)) return
  const invalid = document.querySelector('[role="alert"][autofocus], [aria-invalid="true"]')
  invalid?.focus()
})
