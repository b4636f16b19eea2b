// <form data-composer="ID">: a textarea with files that are pasted, dropped, chosen or photographed and go ahead of the
// message. What was typed waits in this browser until it is sent. Without this script it is a plain form.
import { send } from './csrf.js'
import { Files, hidden } from './editor/files.js'
import { nameOf } from './keyboard.js'
import { text } from './texts.js'

const PREFIX = 'okno-draft:'
const PAUSE = 300

const keyOf = (draft) => `${PREFIX}${document.querySelector('meta[name="okno-live"]')?.dataset.user ?? ''}:${draft}`

class PlainComposer {
  constructor(form) {
    this.form = form
    this.area = form.querySelector('textarea')
    this.fields = [this.area, ...(form.dataset.draftToo ?? '').split(' ').filter(Boolean).map((name) => form.elements[name])]
    this.draft = this // the files tell it when one was added or taken away
    for (const name of ['dataset', 'classList']) this[name] = form[name]
    this.files = new Files(this)
    this.restore()
    form.addEventListener('input', () => this.touch())
    form.addEventListener('keydown', (event) => this.key(event))
    form.addEventListener('submit', (event) => this.hold(event), true)
    form.addEventListener('drop', (event) => this.files.take(event.dataTransfer) && event.preventDefault())
    this.area.addEventListener('paste', (event) => this.files.take(event.clipboardData) && event.preventDefault())
    this.files.list.addEventListener('click', (event) => this.takeBack(event), true)
    for (const input of form.querySelectorAll('[data-composer-pick]')) input.addEventListener('change', () => this.pick(input))
  }

  addEventListener(...given) {
    this.form.addEventListener(...given)
  }

  focusEditor() {
    this.area.focus()
  }

  get storageKey() {
    return keyOf(this.form.dataset.draft)
  }

  pick(input) {
    for (const file of input.files) this.files.upload(file)
    input.value = ''
  }

  /** A file that was sent ahead and is not wanted any more is taken back. */
  takeBack(event) {
    const token = event.target.closest('button')?.closest('.filechip')?.querySelector('[name=attachments]')?.value
    if (token) send(`${this.form.dataset.uploadUrl}${token}/remove/`).catch(() => {})
  }

  key(event) {
    if (nameOf(event) !== 'mod+enter') return
    event.preventDefault()
    this.form.requestSubmit(this.form.querySelector('[data-send]'))
  }

  /** Nothing is sent before its files have arrived. */
  hold(event) {
    if (!this.files.busy) {
      // a button that leads to another page sends nothing yet: whoever comes back finds the words again
      if (event.submitter?.hasAttribute('formaction')) this.save()
      else if (!this.form.hasAttribute('hx-post')) this.forget()
      return
    }
    event.preventDefault()
    event.stopImmediatePropagation()
    this.files.wait(() => this.form.requestSubmit(event.submitter))
  }

  touch() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), PAUSE)
  }

  save() {
    const values = this.fields.map((field) => field.value)
    const files = this.ahead()
    if (!values.some(Boolean) && !files.length) return this.forget()
    localStorage.setItem(this.storageKey, JSON.stringify({ values, files }))
    this.say('draftSaved')
  }

  /** The files that were sent ahead of the message. */
  ahead() {
    return [...this.files.list.querySelectorAll('[name=attachments]')].map((input) => ({
      id: input.value,
      name: input.closest('.filechip').querySelector('.filechip-name').textContent,
    }))
  }

  restore() {
    const { values = [], files = [] } = JSON.parse(localStorage.getItem(this.storageKey) ?? '{}')
    if (this.fields.some((field) => field.value)) return // the server gave words back, or the browser did
    this.fields.forEach((field, place) => (field.value = values[place] ?? ''))
    for (const { id, name } of files) this.files.chip(name).append(hidden(id))
    if (values.some(Boolean)) this.say('draftSaved')
  }

  forget() {
    clearTimeout(this.timer)
    localStorage.removeItem(this.storageKey)
    this.say('')
  }

  /** What was typed here goes on in another form: the draft of that name takes it up. */
  moveTo(name) {
    const key = this.storageKey.slice(0, -this.form.dataset.draft.length) + name
    const there = JSON.parse(localStorage.getItem(key) ?? '{}')
    const values = [there.values?.[0], ...this.fields.map((field) => field.value.trim()).reverse()].filter(Boolean)
    const files = [...(there.files ?? []), ...this.ahead()]
    localStorage.setItem(key, JSON.stringify({ values: [values.join('\n\n')], files }))
    this.forget()
  }

  clear() {
    this.area.value = ''
    this.files.clear()
    this.forget()
  }

  say(name) {
    const place = this.form.querySelector('[data-draft-status]')
    if (place) place.textContent = name && text(name)
  }
}

const composers = [...document.querySelectorAll('form[data-composer]')].map((form) => new PlainComposer(form))

document.addEventListener('composer:clear', (event) => {
  for (const composer of composers) if (composer.form.dataset.composer === event.detail?.id) composer.clear()
})

// data-draft-into="NAME" on a link within the form: what is typed goes along to where it leads.
// <form data-forgets="ID">: sending it makes what was typed in that composer needless. <form data-forgets-draft="NAME">
// the same on a page after the composer's; a button of its own name, such as "Join", does not send it yet.
document.addEventListener('click', ({ target }) => {
  const link = target.closest('[data-draft-into]')
  composers.find((each) => link && each.form.contains(link))?.moveTo(link.dataset.draftInto)
})
document.addEventListener('submit', ({ target, submitter }) => {
  const { forgetsDraft } = target.dataset
  if (forgetsDraft && !submitter?.name) localStorage.removeItem(keyOf(forgetsDraft))
  for (const composer of composers) if (composer.form.dataset.composer === target.dataset.forgets) composer.forget()
})

// Whoever signs out leaves no words behind in a browser that others may use.
document.addEventListener('submit', (event) => {
  if (!event.target.action?.includes('/logout/')) return
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
})
