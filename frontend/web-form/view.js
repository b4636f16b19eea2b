// Launcher, window and form, in a shadow root that the page's own styles do not reach.
import css from './okno-form.css?inline'
import { FileField } from './files.js'
import { el, icon } from './elements.js'

const AUTOCOMPLETE = { name: 'name', email: 'email', phone: 'tel', company: 'organization' }
const TYPES = { email: 'email', phone: 'tel' }

export class FormView {
  constructor(facts, draft, options, send) {
    this.facts = facts
    this.draft = draft
    this.options = options
    this.send = send
    this.inputs = new Map()
  }

  mount(place) {
    this.host = document.createElement('okno-form')
    this.root = this.host.attachShadow({ mode: 'open' })
    this.root.adoptedStyleSheets = [sheet(css), sheet(this.colours())]
    this.panel = el('div', { class: 'panel', lang: this.facts.language })
    this.panel.append(this.head(), this.body())
    if (this.options.into) this.root.append(el('div', { class: 'inline' }, this.panel))
    else this.mountWindow()
    if (this.options.sample) this.mountSample()
    place.append(this.host)
  }

  // Styles of our own element: a style attribute would need a right that strict pages do not give.
  colours() {
    const { colour, theme } = this.facts
    const scheme = { light: 'light', dark: 'dark' }[theme] ?? 'light dark'
    return `:host{--brand:${colour};--on-brand:${textOn(colour)};color-scheme:${scheme} !important}`
  }

  mountWindow() {
    const { texts, side } = this.facts
    this.window = el('dialog', { class: `window ${side}`, 'aria-labelledby': 'title' }, this.panel)
    this.window.addEventListener('click', (event) => event.target === this.window && this.close())
    if (this.facts.launcher && this.options.launcher) {
      this.launcher = el('button', { class: `launcher ${side}`, type: 'button', 'aria-haspopup': 'dialog' })
      this.launcher.append(icon('help'), el('span', {}, texts.launcher))
      this.launcher.addEventListener('click', () => this.open())
      this.root.append(this.launcher)
    }
    this.root.append(this.window)
  }

  // The button as it would stand on the page, for the settings.
  mountSample() {
    const { launcher, side, texts } = this.facts
    if (!launcher) return
    const button = el('span', { class: `launcher sample ${side}` }, icon('help'), el('span', {}, texts.launcher))
    this.root.append(el('div', { class: `sample-row ${side}`, 'aria-hidden': 'true' }, button))
  }

  head() {
    const { texts } = this.facts
    const head = el('header', { class: 'head' }, el('h2', { id: 'title' }, texts.title))
    if (!this.options.into) {
      const close = el('button', { type: 'button', class: 'close', 'aria-label': texts.close }, icon('close'))
      close.addEventListener('click', () => this.close())
      head.append(close)
    }
    if (texts.intro) head.append(el('p', { class: 'intro' }, texts.intro))
    return head
  }

  body() {
    const { texts, fields } = this.facts
    this.form = el('form', { novalidate: '', class: 'form' })
    this.notice = el('p', { class: 'notice', role: 'alert', hidden: '' })
    this.form.append(this.notice)
    const known = this.draft.read()
    for (const field of fields) this.form.append(this.field(field, known[field.code] || ''))
    if (this.facts.consent) this.form.append(this.consent())
    this.button = el('button', { class: 'send', type: 'submit' }, texts.send)
    this.form.append(this.button)
    this.form.addEventListener('input', () => this.keep())
    this.form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.submit()
    })
    this.done = el('div', { class: 'done', tabindex: '-1', hidden: '' })
    return el('div', { class: 'body' }, this.form, this.done)
  }

  field(field, value) {
    const { texts } = this.facts
    const label = el('label', { for: field.code }, field.label)
    if (!field.required) label.append(' ', el('span', { class: 'optional' }, texts.optional))
    const wrong = el('p', { class: 'wrong', id: `${field.code}-wrong`, hidden: '' })
    if (field.kind === 'files') {
      const files = new FileField(field, this.facts)
      this.inputs.set(field.code, { field, wrong, input: files.input, files })
      return el('div', { class: 'field' }, label, files.element, wrong)
    }
    const input = el(field.kind === 'text' ? 'textarea' : 'input', {
      id: field.code,
      name: field.code,
      maxlength: String(field.limit),
      'aria-describedby': `${field.code}-wrong`,
      autocomplete: AUTOCOMPLETE[field.code] || 'off',
    })
    if (field.kind === 'text') input.rows = 5
    else input.type = TYPES[field.kind] || 'text'
    if (field.required) input.setAttribute('aria-required', 'true')
    input.value = value
    this.inputs.set(field.code, { field, wrong, input })
    return el('div', { class: 'field' }, label, input, wrong)
  }

  consent() {
    const wrong = el('p', { class: 'wrong', id: 'consent-wrong', hidden: '' })
    const input = el('input', { type: 'checkbox', id: 'consent', name: 'consent', 'aria-describedby': 'consent-wrong' })
    this.inputs.set('consent', { field: { code: 'consent', required: true }, wrong, input })
    const label = el('label', { class: 'consent', for: 'consent' }, input, el('span', {}, this.facts.texts.consent))
    return el('div', { class: 'field' }, label, wrong)
  }

  open(values = {}) {
    for (const [code, value] of Object.entries(values)) {
      const known = this.inputs.get(code)
      if (known && !known.files && value && !known.input.value) known.input.value = value
    }
    if (this.window && !this.window.open) this.window.showModal()
    this.first()?.focus()
  }

  close() {
    this.window?.close()
  }

  first() {
    return this.form.hidden ? this.done : [...this.inputs.values()][0]?.input
  }

  keep() {
    const values = {}
    for (const { field, input, files } of this.inputs.values()) {
      if (!files && field.code !== 'consent') values[field.code] = input.value
    }
    this.draft.write(values)
  }

  async submit() {
    if (this.busy || !this.checked()) return
    this.wait(true)
    const result = await this.send(this.data())
    this.wait(false)
    if (result.number) this.thank(result.number)
    else this.tell(result.fields, result.message)
  }

  data() {
    const data = new FormData()
    for (const { field, input, files } of this.inputs.values()) {
      if (files) for (const file of files.chosen) data.append('files', file, file.name)
      else if (field.code === 'consent') input.checked && data.append('consent', 'yes')
      else data.append(field.code, input.value)
    }
    return data
  }

  // What is plainly missing is told at once; all else the server says.
  checked() {
    const missing = {}
    for (const { field, input, files } of this.inputs.values()) {
      const empty = files ? !files.chosen.length : field.code === 'consent' ? !input.checked : !input.value.trim()
      if (field.required && empty) missing[field.code] = [this.facts.texts.required]
    }
    this.tell(missing, '')
    return !Object.keys(missing).length
  }

  tell(fields, message) {
    let firstWrong = null
    for (const [code, { wrong, input }] of this.inputs) {
      const text = (fields[code] || []).join(' ')
      wrong.textContent = text
      wrong.hidden = !text
      input.setAttribute('aria-invalid', String(Boolean(text)))
      if (text && !firstWrong) firstWrong = input
    }
    const other = firstWrong ? '' : message
    this.notice.textContent = other
    this.notice.hidden = !other
    firstWrong?.focus()
  }

  wait(busy) {
    this.busy = busy
    this.button.setAttribute('aria-busy', String(busy))
    this.button.textContent = busy ? this.facts.texts.sending : this.facts.texts.send
  }

  thank(number) {
    const { texts } = this.facts
    this.draft.clear()
    const again = el('button', { type: 'button', class: 'again' }, texts.again)
    again.addEventListener('click', () => this.restart())
    this.done.replaceChildren(
      icon('done'),
      el('p', {}, texts.done),
      el('p', { class: 'number' }, texts.number, ' ', el('strong', {}, String(number))),
      again,
    )
    this.form.hidden = true
    this.done.hidden = false
    this.done.focus()
  }

  restart() {
    const kept = new Set(['name', 'email', 'phone', 'company'])
    for (const [code, { input, files }] of this.inputs) {
      if (files) files.clear()
      else if (code === 'consent') input.checked = false
      else if (!kept.has(code)) input.value = ''
    }
    this.done.hidden = true
    this.form.hidden = false
    this.first()?.focus()
  }
}

function sheet(text) {
  const made = new CSSStyleSheet()
  made.replaceSync(text)
  return made
}

// White or nearly black, whichever is read better on the colour (WCAG 2.2, relative luminance).
function textOn(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.055 ? '#ffffff' : '#14181f'
}
