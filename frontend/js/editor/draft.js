// The draft: what is typed is on the server a moment later (the whole form is posted), and once more when the page is
// left; since the next page may be made before that arrives, the words also wait in the tab for it. While the form is
// being sent nothing is saved, and what arrives late with its spent key the server refuses, so that what was sent does
// not come back. The place for "Draft saved" is [data-draft-status] of the form.
import { send } from '../csrf.js'
import { text } from '../texts.js'

const PAUSE = 1_200
const RETRY = 8_000
const FRESH = 60_000 // milliseconds for which words that a page left behind are taken up again

export class Draft {
  constructor(host) {
    this.host = host
    this.form = host.form
    this.status = this.form?.querySelector('[data-draft-status]')
    this.waiting = false
    this.sending = false
    this.round = 0 // grows when the words were taken
    this.listening = new AbortController()
    const { signal } = this.listening
    addEventListener('pagehide', () => this.leave(), { signal })
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.leave(), { signal })
    addEventListener('pageshow', () => this.back(), { signal })
    this.form?.addEventListener('submit', () => (this.sending = true), { signal })
    // A field of the form may ask the server for something of its own meanwhile: that is no end of the sending.
    this.form?.addEventListener('htmx:finally:request', (event) => event.target === this.form && (this.sending = false), { signal })
    host.addEventListener('draft:touch', () => this.touch(), { signal })
    if (this.fields) for (const kind of ['input', 'change']) this.form.addEventListener(kind, () => this.touch(), { signal })
    this.takeUp()
  }

  get key() {
    return `draft:${this.host.dataset.draftUrl}`
  }

  /** What was typed in the last second of the page before this one. */
  takeUp() {
    const { at, html, fields } = JSON.parse(sessionStorage.getItem(this.key) ?? '{}')
    sessionStorage.removeItem(this.key)
    if (!at || Date.now() - at > FRESH) return
    const filled = fields && !location.search ? fill(this.form, fields) : false
    if (html && html !== this.host.value) this.host.value = html
    else if (!filled) return
    this.touch()
  }

  /** A form whose other fields belong to the draft too: <form data-draft-fields="subject client ...">. */
  get fields() {
    return this.form?.dataset.draftFields?.split(' ')
  }

  back() {
    this.sending = false
    sessionStorage.removeItem(this.key)
  }

  touch(pause = PAUSE) {
    this.waiting = true
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), pause)
  }

  body() {
    return new FormData(this.form ?? undefined)
  }

  async save() {
    if (this.sending) return this.touch()
    const { round } = this
    this.waiting = false
    sessionStorage.removeItem(this.key)
    const answer = await send(this.host.dataset.draftUrl, { body: this.body() }).catch(() => null)
    if (round !== this.round) return
    if (answer?.ok) return this.say('draftSaved')
    this.say('draftFailed')
    if (!answer || answer.status >= 500) this.touch(RETRY)
  }

  /** The page is going: what was not saved yet is handed to the browser to be sent. */
  leave() {
    if (!this.waiting) return
    clearTimeout(this.timer)
    this.waiting = false
    if (!this.sending) sessionStorage.setItem(this.key, this.words())
    navigator.sendBeacon(this.host.dataset.draftUrl, this.body())
  }

  words() {
    const typed = this.fields && Object.fromEntries([...this.body()].filter(([name]) => this.fields.includes(name)))
    return JSON.stringify({ at: Date.now(), html: this.host.value, fields: typed })
  }

  /** The editor is going, the page stays. */
  end() {
    this.leave()
    this.listening.abort()
  }

  stop() {
    clearTimeout(this.timer)
    sessionStorage.removeItem(this.key)
    this.waiting = false
    this.round += 1
    this.say('')
  }

  say(name) {
    if (this.status) this.status.textContent = name && text(name)
  }
}

/** Puts the words of the page before this one into the fields; says whether any was another. */
function fill(form, fields) {
  let changed = false
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements[name]
    if (!field || field.value === value) continue
    field.value = value
    changed = true
  }
  return changed
}
