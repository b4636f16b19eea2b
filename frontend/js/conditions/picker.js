// Choosing several of many: a combobox (ARIA pattern) whose choices become tags before it. Short lists are filtered
// here, long ones are searched by the server.
import { nameOf } from './values.js'

const PAUSE = 150
let made = 0

export function picker(field, editor) {
  const one = new Picker(field, editor)
  return {
    kind: 'chips',
    nodes: [one.box],
    write: (values) => values.forEach((value) => one.choose([value, nameOf(field, value, editor)], true)),
    read: () => ({ values: one.chosen.map(({ value }) => value) }),
  }
}

class Picker {
  constructor(field, editor) {
    Object.assign(this, { field, editor, chosen: [], options: [], at: -1 })
    made += 1
    this.box = Object.assign(document.createElement('div'), { className: 'conditions-picker' })
    this.input = Object.assign(document.createElement('input'), { type: 'text', className: 'input input-sm', autocomplete: 'off' })
    this.input.placeholder = editor.words.find
    this.list = Object.assign(document.createElement('div'), { className: 'suggest', id: `conditions-list-${made}`, hidden: true })
    this.list.setAttribute('role', 'listbox')
    this.list.setAttribute('aria-label', editor.words.values)
    for (const [name, value] of Object.entries({ role: 'combobox', 'aria-label': editor.words.values, 'aria-expanded': 'false', 'aria-autocomplete': 'list', 'aria-controls': this.list.id })) {
      this.input.setAttribute(name, value)
    }
    this.box.append(this.input, this.list)
    this.input.addEventListener('input', (event) => this.typed(event))
    this.input.addEventListener('keydown', (event) => this.key(event))
    this.input.addEventListener('blur', () => setTimeout(() => this.close(), 150))
  }

  typed(event) {
    event.stopPropagation() // letters that look for a value are no value yet
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.look(), PAUSE)
  }

  async look() {
    const words = this.input.value.trim()
    const found = this.field.options ? this.filter(words) : await this.fetch(words)
    if (!found || this.input.value.trim() !== words || document.activeElement !== this.input) return
    this.options = found.filter(([value]) => !this.chosen.some((each) => each.value === value))
    this.show()
  }

  filter(words) {
    const low = words.toLowerCase()
    return this.field.options.filter(([, label]) => label.toLowerCase().includes(low))
  }

  async fetch(words) {
    const url = new URL(this.editor.root.dataset.url, location.href)
    url.searchParams.set('field', this.field.key)
    url.searchParams.set('q', words)
    const answer = await fetch(url, { headers: { Accept: 'application/json' } }).catch(() => null)
    return answer?.ok ? (await answer.json()).options : null
  }

  show() {
    this.list.replaceChildren(...this.options.map((option, at) => this.line(option, at)))
    if (!this.options.length) {
      const none = Object.assign(document.createElement('div'), { className: 'suggest-none', textContent: this.editor.words.nothing })
      none.setAttribute('role', 'option')
      none.setAttribute('aria-disabled', 'true')
      this.list.append(none)
    }
    this.list.hidden = false
    this.input.setAttribute('aria-expanded', 'true')
    this.mark(this.options.length ? 0 : -1)
  }

  line(option, at) {
    const line = Object.assign(document.createElement('div'), { id: `${this.list.id}-${at}`, textContent: option[1] })
    line.setAttribute('role', 'option')
    line.addEventListener('mousedown', (event) => {
      event.preventDefault()
      this.choose(option)
    })
    return line
  }

  mark(at) {
    this.at = at
    ;[...this.list.children].forEach((line, place) => line.setAttribute('aria-selected', String(place === at)))
    if (at >= 0) this.input.setAttribute('aria-activedescendant', `${this.list.id}-${at}`)
    else this.input.removeAttribute('aria-activedescendant')
    this.list.children[at]?.scrollIntoView({ block: 'nearest' })
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      if (this.list.hidden) this.look()
      else if (this.options.length) this.mark((this.at + step + this.options.length) % this.options.length)
    } else if (event.key === 'Enter') {
      event.preventDefault() // never sends the form from here
      if (!this.list.hidden && this.options[this.at]) this.choose(this.options[this.at])
    } else if (event.key === 'Escape' && !this.list.hidden) {
      event.preventDefault()
      event.stopPropagation()
      this.close()
    } else if (event.key === 'Backspace' && !this.input.value && this.chosen.length) {
      this.drop(this.chosen.at(-1))
    }
  }

  choose([value, label], silent = false) {
    const tag = Object.assign(document.createElement('span'), { className: 'tag', textContent: label })
    const button = Object.assign(document.createElement('button'), { type: 'button' })
    button.setAttribute('aria-label', `${this.editor.words.remove}: ${label}`)
    button.append(Object.assign(document.createElement('span'), { className: 'icon-[tabler--x]', ariaHidden: 'true' }))
    const one = { value, tag }
    button.addEventListener('click', () => this.drop(one))
    tag.append(button)
    this.chosen.push(one)
    this.input.before(tag)
    this.input.value = ''
    if (!silent) this.tell()
  }

  drop(one) {
    one.tag.remove()
    this.chosen = this.chosen.filter((each) => each !== one)
    this.tell()
    this.input.focus()
  }

  tell() {
    this.close()
    this.input.dispatchEvent(new Event('change', { bubbles: true }))
  }

  close() {
    this.list.hidden = true
    this.input.setAttribute('aria-expanded', 'false')
    this.input.removeAttribute('aria-activedescendant')
  }
}
