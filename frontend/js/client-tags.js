// Several companies, or one, chosen by a few letters: each is a tag with a hidden field. The last one typed is not sent.
import { Picker } from './client-picker.js'

class Tags extends Picker {
  constructor(root) {
    super(root)
    this.tags = root.querySelector('[data-tags]')
    this.model = root.querySelector('template')
    this.tags.addEventListener('click', (event) => {
      const button = event.target.closest('button')
      if (!button) return
      button.closest('[data-tag]').remove()
      this.input.focus()
    })
    this.input.addEventListener('keydown', (event) => this.rub(event))
  }

  rub(event) {
    if (event.key === 'Backspace' && !this.input.value) this.tags.lastElementChild?.remove()
    else if (event.key === 'Enter') event.preventDefault() // a name half typed does not send the form
  }

  choose(item) {
    const { name, most } = this.root.dataset
    const id = String(item.company)
    const known = [...this.tags.querySelectorAll('input')].some((field) => field.value === id)
    if (!known) {
      if (most === '1') this.tags.replaceChildren()
      const tag = this.model.content.firstElementChild.cloneNode(true)
      tag.querySelector('[data-tag-name]').textContent = item.name
      Object.assign(tag.querySelector('input'), { name, value: id })
      const button = tag.querySelector('button')
      button.setAttribute('aria-label', `${button.getAttribute('aria-label')}: ${item.name}`)
      this.tags.append(tag)
    }
    this.input.value = ''
    this.advise('')
    this.close()
  }
}

const made = new WeakSet()

function dress() {
  for (const root of document.querySelectorAll('[data-client-tags]')) {
    if (made.has(root)) continue
    made.add(root)
    new Tags(root)
  }
}

document.addEventListener('htmx:after:swap', dress)
dress()
