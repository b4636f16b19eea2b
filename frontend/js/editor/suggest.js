// "/" offers canned replies, "@" colleagues. The server answers GET ...?q= with
// {"items": [{"id": "...", "title": "...", "hint": "...", "html": "..."}]}; html is what a canned reply inserts.
import { send } from '../csrf.js'
import { text } from '../texts.js'

const TRIGGER = /(?:^|\s)([/@])([\p{L}\p{N}_.-]{0,40})$/u
const PAUSE = 120

export class Suggest {
  constructor(host) {
    this.host = host
    this.urls = { '/': host.dataset.cannedUrl, '@': host.dataset.mentionUrl }
    this.id = `${host.id || 'editor'}-suggest`
  }

  get dom() {
    return this.host.editor.view.dom
  }

  /** Looks at what stands before the cursor. */
  look() {
    const { $from, empty } = this.host.editor.state.selection
    const before = empty ? $from.parent.textBetween(0, $from.parentOffset, '\n', '\ufffc') : ''
    const match = before.match(TRIGGER)
    if (!match || !this.urls[match[1]] || $from.parent.type.spec.code) return this.close()
    const [, sign, query] = match
    if (this.dismissed === before) return
    this.from = $from.pos - query.length - 1
    this.to = $from.pos
    if (this.sign === sign && this.query === query) return
    this.sign = sign
    this.query = query
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.fetch(sign, query), PAUSE)
  }

  async fetch(sign, query) {
    const url = new URL(this.urls[sign], location.href)
    url.searchParams.set('q', query)
    const answer = await fetch(url, { headers: { Accept: 'application/json' } }).catch(() => null)
    if (!answer?.ok || this.sign !== sign || this.query !== query) return
    this.items = (await answer.json()).items
    this.show()
  }

  show() {
    this.box ??= this.makeBox()
    this.at = 0
    if (this.items.length) this.box.replaceChildren(...this.items.map((item, at) => this.option(item, at)))
    else this.box.replaceChildren(nothing())
    this.place()
    this.mark()
  }

  makeBox() {
    const box = document.createElement('div')
    box.className = 'suggest'
    box.id = this.id
    box.setAttribute('role', 'listbox')
    box.setAttribute('aria-label', text('suggestions'))
    this.host.append(box)
    this.dom.setAttribute('aria-controls', this.id)
    this.dom.setAttribute('aria-haspopup', 'listbox')
    return box
  }

  option(item, at) {
    const option = document.createElement('div')
    option.id = `${this.id}-${at}`
    option.setAttribute('role', 'option')
    option.append(Object.assign(document.createElement('span'), { textContent: item.title }))
    if (item.hint) option.append(Object.assign(document.createElement('small'), { textContent: item.hint }))
    option.addEventListener('mousedown', (event) => {
      event.preventDefault()
      this.choose(item)
    })
    return option
  }

  /** Above the line when there is no room below it. */
  place() {
    const cursor = this.host.editor.view.coordsAtPos(this.from)
    const frame = this.box.offsetParent.getBoundingClientRect()
    const above = cursor.bottom + this.box.offsetHeight + 12 > innerHeight
    const left = Math.min(cursor.left - frame.left, Math.max(0, frame.width - this.box.offsetWidth))
    this.box.style.left = `${Math.max(0, left)}px`
    this.box.style.top = `${above ? cursor.top - frame.top - this.box.offsetHeight - 6 : cursor.bottom - frame.top + 6}px`
  }

  mark() {
    this.box.querySelectorAll('[role="option"]').forEach((option, at) => option.setAttribute('aria-selected', String(at === this.at)))
    const current = this.box.children[this.at]
    current?.scrollIntoView({ block: 'nearest' })
    if (this.items.length) this.dom.setAttribute('aria-activedescendant', current.id)
  }

  /** Says whether the key was for the list. */
  key(event) {
    if (!this.box) return false
    if (event.key === 'Escape') {
      const { $from } = this.host.editor.state.selection
      this.dismissed = $from.parent.textBetween(0, $from.parentOffset, '\n', '\ufffc')
      this.close()
      return true
    }
    if (!this.items?.length) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      this.at = (this.at + step + this.items.length) % this.items.length
      this.mark()
      return true
    }
    if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || (event.key === 'Tab' && !event.shiftKey)) {
      this.choose(this.items[this.at])
      return true
    }
    return false
  }

  choose(item) {
    const chain = this.host.editor.chain().focus().deleteRange({ from: this.from, to: this.to })
    if (this.sign === '@') chain.insertContent([{ type: 'mention', attrs: { id: item.id, label: item.title } }, { type: 'text', text: ' ' }]).run()
    else if (item.insert) this.insertFrom(chain, item)
    else {
      chain.insertContent(item.html).run()
      if (item.files) this.host.files.takeFrom(`${this.host.dataset.draftUrl}canned/${item.id}/`)
    }
    this.close()
  }

  /** What the server makes at this moment, such as an article whose pictures go into the draft. */
  async insertFrom(chain, item) {
    chain.run()
    const answer = await send(item.insert, { body: new URLSearchParams({ as: item.as }), headers: { Accept: 'application/json' } }).catch(() => null)
    if (!answer?.ok) return
    this.host.editor.chain().focus().insertContent((await answer.json()).html).run()
  }

  close() {
    clearTimeout(this.timer)
    this.sign = this.query = undefined
    this.box?.remove()
    this.box = undefined
    this.dom.removeAttribute('aria-activedescendant')
    this.dom.removeAttribute('aria-controls')
  }
}

function nothing() {
  const words = document.createElement('div')
  words.className = 'suggest-none'
  words.textContent = text('nothingFound')
  return words
}
