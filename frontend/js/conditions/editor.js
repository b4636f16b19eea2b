// Rows and groups of a condition. What stands on the page is the condition: it is read from there when it changes.
import { Clause } from './clause.js'

const VERSION = 1
const clauses = new WeakMap()

export class Editor {
  constructor(root) {
    this.root = root
    this.offer = JSON.parse(root.dataset.offer)
    this.names = JSON.parse(root.dataset.names)
    this.words = JSON.parse(root.dataset.words)
    this.hidden = root.querySelector('input[type="hidden"]')
    this.status = root.querySelector('[data-conditions-status]')
    this.outermost = this.group(JSON.parse(root.dataset.value))
    this.outermost.querySelector('[data-tools]').remove()
    root.querySelector('[data-conditions-root]').replaceChildren(this.outermost)
    root.addEventListener('click', (event) => this.press(event))
    root.addEventListener('input', (event) => this.changed(event))
    root.addEventListener('change', (event) => this.changed(event))
    this.complain(JSON.parse(root.dataset.problems))
    this.settle()
  }

  model(name) {
    return this.root.querySelector(`template[data-part="${name}"]`).content.firstElementChild.cloneNode(true)
  }

  group(data) {
    const group = this.model('group')
    const mode = group.querySelector('[data-mode]')
    if (data.mode) mode.value = data.mode
    for (const part of data.parts ?? []) partsOf(group).append(this.part(part))
    return group
  }

  part(data) {
    const item = document.createElement('li')
    if (data.mode || data.parts) {
      item.append(this.group(data))
      return item
    }
    const row = this.model('clause')
    clauses.set(row, new Clause(row, data, this))
    item.append(row)
    return item
  }

  read(part) {
    if (part.matches('[data-clause]')) return clauses.get(part).read()
    const parts = [...partsOf(part).children].map((item) => this.read(item.firstElementChild))
    return { mode: part.querySelector('[data-mode]').value, parts }
  }

  settle() {
    const value = { version: VERSION, ...this.read(this.outermost) }
    this.hidden.value = JSON.stringify(value)
    const all = [...this.root.querySelectorAll('[data-group]')]
    const full = this.root.querySelectorAll('[data-clause]').length >= this.offer.clauses
    for (const group of all) {
      const bare = !partsOf(group).childElementCount
      const words = group === this.outermost ? this.words.everything : this.words.bare
      group.querySelector(':scope > [data-empty]').textContent = bare ? words : ''
      const add = group.querySelector(':scope > .conditions-add')
      add.querySelector('[data-add="clause"]').disabled = full
      add.querySelector('[data-add="group"]').hidden = depthOf(group) >= this.offer.depth
    }
  }

  press(event) {
    const button = event.target.closest('button')
    if (!button) return
    if (button.dataset.add) this.add(button)
    else if (button.dataset.move) this.move(button)
    else if ('remove' in button.dataset) this.remove(button)
  }

  add(button) {
    const data = button.dataset.add === 'group' ? { mode: 'any', parts: [{}] } : {}
    const item = this.part(data)
    partsOf(button.closest('[data-group]')).append(item)
    this.say(this.words.added)
    item.querySelector('[data-field]').focus()
  }

  remove(button) {
    const item = itemOf(button)
    const group = item.parentElement.closest('[data-group]')
    const near = item.nextElementSibling ?? item.previousElementSibling
    item.remove()
    this.say(this.words.removed)
    ;(near?.querySelector('[data-remove]') ?? group.querySelector(':scope > .conditions-add [data-add]')).focus()
  }

  // A row at the edge of its group leaves it; one beside a group enters it.
  move(button) {
    const item = itemOf(button)
    const up = button.dataset.move === '-1'
    const beside = up ? item.previousElementSibling : item.nextElementSibling
    const into = item.firstElementChild.matches('[data-clause]') && beside?.querySelector(':scope > [data-group]')
    const out = item.parentElement.closest('li')
    if (into) partsOf(into)[up ? 'append' : 'prepend'](item)
    else if (beside) beside[up ? 'before' : 'after'](item)
    else if (out) out[up ? 'before' : 'after'](item)
    else return
    this.say(this.words.moved)
    button.focus()
  }

  say(words) {
    this.status.textContent = ''
    this.status.textContent = words
    this.settle()
    this.hidden.dispatchEvent(new Event('change', { bubbles: true }))
  }

  changed(event) {
    if (event.target === this.hidden) return
    const row = event.target.closest('[data-clause]')
    if (row && event.type === 'change') clauses.get(row).changed(event.target)
    const owner = row ?? event.target.closest('[data-group]')
    if (owner) calm(owner)
    this.settle()
  }

  complain(problems) {
    for (const [place, messages] of Object.entries(problems)) {
      const part = place && this.find(place.split('.').map(Number))
      if (!part) continue
      const error = part.querySelector(':scope > [data-error]')
      error.textContent = messages.join(' ')
      error.hidden = false
      error.id = `${this.root.id}_error_${place.replaceAll('.', '_')}`
      for (const control of part.querySelectorAll(':is(input, select):not(:disabled)')) {
        if (control.closest('[data-clause], [data-group]') !== part) continue
        control.setAttribute('aria-invalid', 'true')
        control.setAttribute('aria-describedby', error.id)
      }
    }
  }

  find(place) {
    return place.reduce((part, number) => part && partsOf(part)?.children[number]?.firstElementChild, this.outermost)
  }
}

const partsOf = (group) => group.querySelector(':scope > [data-parts]')
const itemOf = (button) => button.closest('li')

function depthOf(group) {
  let depth = 0
  for (let each = group; each; each = each.parentElement.closest('[data-group]')) depth += 1
  return depth
}

// What was wrong is being mended: the message goes, so that it does not contradict what stands there now.
function calm(part) {
  const error = part.querySelector(':scope > [data-error]')
  if (error.hidden) return
  error.hidden = true
  error.textContent = ''
  for (const control of part.querySelectorAll(`[aria-describedby="${error.id}"]`)) {
    control.removeAttribute('aria-invalid')
    control.removeAttribute('aria-describedby')
  }
}
