// Rules in their order: dragged by the handle or moved by the buttons; the whole order is sent after each move. What
// the server did not take goes back to where it was. Inside a larger form the rows are fields of it: then nothing is sent,
// and the form says itself in which order its fields stand.
import { send } from '../csrf.js'
import { text } from '../texts.js'
import { toast } from '../toasts.js'

export const ordered = () => ({
  init() {
    this.list = this.$root.querySelector('[data-ordered-rows]')
    this.form = this.$root.querySelector('[data-ordered-form]')
    this.list.addEventListener('click', (event) => this.press(event))
    this.list.addEventListener('pointerdown', (event) => this.lift(event))
  },
  rows() {
    return [...this.list.children]
  },
  ids() {
    return this.rows().map((row) => row.dataset.orderedRow)
  },
  press(event) {
    const button = event.target.closest('button[data-step]')
    if (!button) return
    event.preventDefault()
    const row = button.closest('[data-ordered-row]')
    if (button.dataset.step === '1') row.nextElementSibling?.after(row)
    else row.previousElementSibling?.before(row)
    this.settle(row)
    const other = row.querySelector(`button[data-step="${button.dataset.step === '1' ? '-1' : '1'}"]`)
    ;(button.disabled ? other : button).focus()
  },
  lift(event) {
    const handle = event.target.closest('[data-ordered-handle]')
    if (!handle || event.button !== 0) return
    event.preventDefault()
    const row = handle.closest('[data-ordered-row]')
    const before = this.rows()
    const follow = (moved) => this.follow(row, moved.clientY)
    const drop = (done) => {
      document.removeEventListener('pointermove', follow)
      document.removeEventListener('keydown', giveUp, true)
      for (const name of ['pointerup', 'pointercancel']) document.removeEventListener(name, drop)
      row.classList.remove('is-lifted')
      if (done.type !== 'pointerup') this.list.replaceChildren(...before)
      else if (this.rows().some((each, place) => each !== before[place])) this.settle(row)
    }
    const giveUp = (pressed) => {
      if (pressed.key !== 'Escape') return
      pressed.stopPropagation()
      drop(pressed)
    }
    row.classList.add('is-lifted')
    document.addEventListener('pointermove', follow)
    document.addEventListener('keydown', giveUp, true)
    for (const name of ['pointerup', 'pointercancel']) document.addEventListener(name, drop)
  },
  follow(row, height) {
    const middle = (other) => other.offsetHeight / 2 + other.getBoundingClientRect().top
    const next = this.rows().find((other) => other !== row && middle(other) > height)
    if (next !== row.nextElementSibling) this.list.insertBefore(row, next ?? null)
  },
  settle(row) {
    this.bound()
    const facts = { name: row.dataset.name, place: this.rows().indexOf(row) + 1, count: this.rows().length }
    const words = this.$root.dataset.said.replace(/\{(\w+)\}/g, (_whole, name) => facts[name])
    this.$root.querySelector('[data-ordered-status]').textContent = words
    if (!this.form) {
      row.dispatchEvent(new Event('change', { bubbles: true }))
      return
    }
    this.saving = (this.saving ?? Promise.resolve()).then(() => this.save())
  },
  bound() {
    const rows = this.rows()
    rows.forEach((row, place) => {
      row.querySelector('[data-step="-1"]').disabled = place === 0
      row.querySelector('[data-step="1"]').disabled = place === rows.length - 1
    })
  },
  async save() {
    const { order, seen } = this.form.elements
    const wanted = this.ids().join(',')
    if (wanted === seen.value) return
    order.value = wanted
    const headers = { 'HX-Request': 'true' }
    const answer = await send(this.form.action, { body: new FormData(this.form), headers }).catch(() => null)
    const elsewhere = answer?.headers.get('HX-Redirect')
    if (elsewhere) location.assign(elsewhere)
    else if (answer?.ok) seen.value = wanted
    else this.putBack(seen.value.split(','), answer ? 'failed' : 'offline')
  },
  putBack(ids, words) {
    const byId = new Map(this.rows().map((row) => [row.dataset.orderedRow, row]))
    this.list.replaceChildren(...ids.map((id) => byId.get(id)).filter(Boolean))
    this.bound()
    toast({ text: text(words), tone: 'error' })
  },
})
