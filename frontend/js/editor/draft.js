// The draft: what is typed is on the server a moment later (the whole form is posted), and once more when the page is
// left. The place for "Draft saved" is [data-draft-status] of the form.
import { send } from '../csrf.js'
import { text } from '../texts.js'

const PAUSE = 1_200
const RETRY = 8_000

export class Draft {
  constructor(host) {
    this.host = host
    this.form = host.form
    this.status = this.form?.querySelector('[data-draft-status]')
    this.waiting = false
    this.listening = new AbortController()
    const { signal } = this.listening
    addEventListener('pagehide', () => this.leave(), { signal })
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.leave(), { signal })
    host.addEventListener('draft:touch', () => this.touch(), { signal })
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
    this.waiting = false
    const answer = await send(this.host.dataset.draftUrl, { body: this.body() }).catch(() => null)
    if (answer?.ok) return this.say('draftSaved')
    this.say('draftFailed')
    if (!answer || answer.status >= 500) this.touch(RETRY)
  }

  /** The page is going: what was not saved yet is handed to the browser to be sent. */
  leave() {
    if (!this.waiting) return
    clearTimeout(this.timer)
    this.waiting = false
    navigator.sendBeacon(this.host.dataset.draftUrl, this.body())
  }

  /** The editor is going, the page stays. */
  end() {
    this.leave()
    this.listening.abort()
  }

  stop() {
    clearTimeout(this.timer)
    this.waiting = false
    this.say('')
  }

  say(name) {
    if (this.status) this.status.textContent = name && text(name)
  }
}
