// Choosing a client by a few letters: a combobox (ARIA pattern) over the list that the server finds. What is chosen is
// in the hidden fields "contact" and "company"; an emptied field means no client.
const PAUSE = 150

export class Picker {
  constructor(root) {
    this.root = root
    this.input = root.querySelector('[role="combobox"]')
    this.list = root.querySelector('[role="listbox"]')
    this.hint = root.querySelector('[data-client-hint]') // in the flow of the page: it must cover no button
    this.contact = root.querySelector('[name="contact"]')
    this.company = root.querySelector('[name="company"]')
    this.items = []
    this.at = -1
    this.input.addEventListener('input', () => this.typed())
    this.input.addEventListener('keydown', (event) => this.key(event))
    this.input.addEventListener('blur', () => setTimeout(() => this.close(), 150))
  }

  typed() {
    if (this.contact) this.contact.value = ''
    if (this.company) this.company.value = ''
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.fetch(this.input.value.trim()), PAUSE)
  }

  async fetch(words) {
    if (words.length < 2) {
      this.advise('')
      return this.close()
    }
    const url = new URL(this.root.dataset.url, location.href)
    url.searchParams.set('q', words)
    const answer = await fetch(url, { headers: { Accept: 'application/json' } }).catch(() => null)
    if (!answer?.ok || this.input.value.trim() !== words) return
    const { clients, hint } = await answer.json()
    this.items = clients
    this.show(hint)
  }

  show(hint) {
    this.list.replaceChildren(...this.items.map((item, at) => this.option(item, at)))
    this.advise(hint)
    this.list.hidden = !this.list.childElementCount
    this.input.setAttribute('aria-expanded', String(!this.list.hidden))
    this.mark(this.items.length ? 0 : -1)
  }

  advise(words) {
    this.hint.textContent = words
  }

  option(item, at) {
    const option = document.createElement('div')
    option.id = `${this.list.id}-${at}`
    option.setAttribute('role', 'option')
    option.append(Object.assign(document.createElement('span'), { textContent: item.name }))
    if (item.note) option.append(Object.assign(document.createElement('small'), { textContent: item.note }))
    option.addEventListener('mousedown', (event) => {
      event.preventDefault()
      this.choose(item)
    })
    return option
  }

  mark(at) {
    this.at = at
    ;[...this.list.children].forEach((option, place) => option.setAttribute('aria-selected', String(place === at)))
    if (at >= 0) this.input.setAttribute('aria-activedescendant', `${this.list.id}-${at}`)
    else this.input.removeAttribute('aria-activedescendant')
    this.list.children[at]?.scrollIntoView({ block: 'nearest' })
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && !this.list.hidden) {
      event.preventDefault()
      this.mark((this.at + step + this.items.length) % this.items.length)
    } else if (event.key === 'Enter' && !this.list.hidden && this.items[this.at]) {
      event.preventDefault()
      this.choose(this.items[this.at])
    } else if (event.key === 'Escape' && !this.list.hidden) {
      event.preventDefault()
      event.stopPropagation()
      this.close()
    }
  }

  choose(item) {
    this.input.value = item.name
    this.contact.value = item.contact ?? ''
    this.company.value = item.company ?? ''
    this.input.dispatchEvent(new Event('change', { bubbles: true }))
    this.advise('')
    this.close()
  }

  close() {
    this.list.hidden = true
    this.input.setAttribute('aria-expanded', 'false')
    this.input.removeAttribute('aria-activedescendant')
  }
}

const made = new WeakSet()

function dress() {
  for (const root of document.querySelectorAll('[data-client-picker]')) {
    if (made.has(root)) continue
    made.add(root)
    new Picker(root)
  }
}

document.addEventListener('htmx:after:swap', dress)
dress()
