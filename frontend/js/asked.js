// Questions of a request form come and go with the answers above them: [data-asked] holds them, each part is
// [data-asked-item="code"] with its condition in data-when. What is hidden keeps what was typed, and the server passes it by.
import { hiddenItems } from './asked/rule.js'

const FIELDS = 'input:not([type=hidden]), select, textarea'

function valuesOf(part) {
  const found = []
  for (const field of part.querySelectorAll(FIELDS)) {
    if (field.matches('[data-asked-unknown]')) continue
    if (field.type === 'checkbox') {
      if (field.checked) found.push(field.value === '1' ? 'yes' : field.value)
    } else found.push(field.value)
  }
  return found
}

function settle(place) {
  const parts = [...place.querySelectorAll('[data-asked-item]')]
  const items = parts.map((part) => ({
    code: part.dataset.askedItem,
    when: part.dataset.when ? JSON.parse(part.dataset.when) : null,
    values: valuesOf(part),
  }))
  const hidden = hiddenItems(items)
  for (const part of parts) part.hidden = hidden.has(part.dataset.askedItem)
}

// What is preserved when the questions are drawn anew, a typed password, is not known to the server that drew them.
document.addEventListener('htmx:after:swap', () => {
  for (const secret of document.querySelectorAll('[data-asked] [data-secret]')) settle(secret.closest('[data-asked]'))
})

for (const name of ['input', 'change']) {
  document.addEventListener(name, (event) => {
    const place = event.target.closest?.('[data-asked]')
    if (place) settle(place)
  })
}
