// A conversation opens at its end, and stays there when something is added while one is reading the end.
const NEAR = 120

function areas() {
  return document.querySelectorAll('[data-scroll-end]')
}

const atEnd = (area) => area.scrollHeight - area.scrollTop - area.clientHeight < NEAR

function toEnd(area) {
  area.scrollTop = area.scrollHeight
  area.dataset.atEnd = 'true'
}

for (const area of areas()) {
  toEnd(area)
  area.addEventListener('scroll', () => (area.dataset.atEnd = String(atEnd(area))), { passive: true })
  // Frames and pictures grow after they were laid out.
  new ResizeObserver(() => area.dataset.atEnd === 'true' && toEnd(area)).observe(area.firstElementChild ?? area)
}

/** What came while nothing was being written stood there before the first word: it is no news to the answer. */
function seen() {
  const last = document.getElementById('talk')?.dataset.lastMessage
  if (!last) return
  for (const field of document.querySelectorAll('.composer > [name=last_seen]')) {
    if (!field.form.elements.html?.value) field.value = last
  }
}

document.addEventListener('htmx:after:swap', () => {
  for (const area of areas()) if (area.dataset.atEnd === 'true') toEnd(area)
  seen()
})
