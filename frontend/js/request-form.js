// The editor of a request form: which items stand open is part of what is posted, the preview follows what is typed, and
// where a condition or the order changes, the whole draft is drawn anew.
const PAUSE = 350
let timer = 0

function later(part, pause) {
  clearTimeout(timer)
  timer = setTimeout(() => document.getElementById(part)?.dispatchEvent(new CustomEvent('redraw')), pause)
}

document.addEventListener(
  'toggle',
  (event) => {
    const details = event.target
    if (details.matches?.('[data-keeps-open]')) details.querySelector('input[name="open"]').disabled = !details.open
  },
  true,
)

document.addEventListener('input', (event) => {
  if (event.target.closest('#draft') && !event.target.closest('#preview, [data-redraws]')) later('preview', PAUSE)
})

document.addEventListener('change', (event) => {
  const isOrder = event.target.matches?.('[data-ordered-row]')
  if (isOrder || event.target.closest('#draft [data-redraws]')) later('draft', isOrder ? 0 : 20)
})

document.addEventListener('htmx:after:swap', () => {
  const draft = document.getElementById('draft')
  const wanted = draft?.dataset.focus
  if (!wanted) return
  draft.dataset.focus = ''
  document.getElementById(wanted)?.focus()
})
