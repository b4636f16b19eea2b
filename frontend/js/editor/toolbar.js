// The buttons of the editor: one stop in the tab order, arrows move among them (the ARIA toolbar pattern).
import { text } from '../texts.js'

const BUTTONS = [
  { name: 'bold', icon: 'icon-[tabler--bold]', keys: 'Ctrl+B', is: 'bold', run: (chain) => chain.toggleBold() },
  { name: 'italic', icon: 'icon-[tabler--italic]', keys: 'Ctrl+I', is: 'italic', run: (chain) => chain.toggleItalic() },
  null,
  { name: 'heading', icon: 'icon-[tabler--h-2]', is: 'heading', level: 2, only: 'headings', run: (chain) => chain.toggleHeading({ level: 2 }) },
  { name: 'subheading', icon: 'icon-[tabler--h-3]', is: 'heading', level: 3, only: 'headings', run: (chain) => chain.toggleHeading({ level: 3 }) },
  { name: 'bullets', icon: 'icon-[tabler--list]', is: 'bulletList', run: (chain) => chain.toggleBulletList() },
  { name: 'numbers', icon: 'icon-[tabler--list-numbers]', is: 'orderedList', run: (chain) => chain.toggleOrderedList() },
  { name: 'quote', icon: 'icon-[tabler--blockquote]', is: 'blockquote', run: (chain) => chain.toggleBlockquote() },
  { name: 'code', icon: 'icon-[tabler--code]', is: 'codeBlock', run: (chain) => chain.toggleCodeBlock() },
  null,
  { name: 'link', icon: 'icon-[tabler--link]', is: 'link', open: true },
  { name: 'attach', icon: 'icon-[tabler--paperclip]', files: true },
]

export class Toolbar {
  constructor(host) {
    this.host = host
    this.bar = document.createElement('div')
    this.bar.className = 'editor-tools'
    this.bar.setAttribute('role', 'toolbar')
    this.bar.setAttribute('aria-label', text('formatting'))
    for (const spec of BUTTONS) this.add(spec)
    this.buttons = [...this.bar.querySelectorAll('button')]
    this.buttons.forEach((button, at) => (button.tabIndex = at ? -1 : 0))
    this.bar.addEventListener('keydown', (event) => this.move(event))
    host.files.list.after(this.bar)
    host.editor.on('transaction', () => this.show())
  }

  add(spec) {
    if (!spec) return this.bar.append(gap())
    if (spec.files && !this.host.dataset.uploadUrl) return
    if (spec.only && !(spec.only in this.host.dataset)) return
    const button = document.createElement('button')
    button.type = 'button'
    button.title = text(spec.name) + (spec.keys ? ` (${spec.keys})` : '')
    button.setAttribute('aria-label', text(spec.name))
    if (spec.is) {
      button.dataset.is = spec.is
      if (spec.level) button.dataset.level = spec.level
      button.setAttribute('aria-pressed', 'false')
    }
    button.append(icon(spec.icon))
    button.addEventListener('mousedown', (event) => event.preventDefault()) // the selection stays
    button.addEventListener('click', () => this.press(spec))
    this.bar.append(button)
  }

  press(spec) {
    if (spec.files) return this.host.files.ask()
    if (spec.open) return this.link()
    spec.run(this.host.editor.chain().focus()).run()
  }

  show() {
    for (const button of this.buttons) if (button.dataset.is) button.setAttribute('aria-pressed', String(this.host.editor.isActive(button.dataset.is, levelOf(button))))
  }

  focus() {
    this.buttons.find((button) => button.tabIndex === 0)?.focus()
  }

  move(event) {
    if (event.key === 'Escape') return this.host.focusEditor()
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const at = this.buttons.indexOf(document.activeElement)
    const next = this.buttons[(at + step + this.buttons.length) % this.buttons.length]
    for (const button of this.buttons) button.tabIndex = button === next ? 0 : -1
    next.focus()
  }

  /** A line below the buttons asks for the address; an empty one removes the link. */
  link() {
    this.asking?.remove()
    const line = (this.asking = document.createElement('div'))
    line.className = 'editor-link'
    const input = document.createElement('input')
    input.type = 'url'
    input.className = 'input input-sm flex-1'
    input.placeholder = 'https://'
    input.setAttribute('aria-label', text('linkAddress'))
    input.value = this.host.editor.getAttributes('link').href ?? ''
    const apply = document.createElement('button')
    apply.type = 'button'
    apply.className = 'btn btn-default btn-sm'
    apply.textContent = text('apply')
    apply.addEventListener('click', () => this.setLink(input.value.trim()))
    input.addEventListener('keydown', (event) => this.linkKey(event, input))
    line.append(input, apply)
    this.bar.before(line)
    input.focus()
  }

  linkKey(event, input) {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Enter') this.setLink(input.value.trim())
    else this.closeLink()
  }

  setLink(href) {
    const chain = this.host.editor.chain().focus().extendMarkRange('link')
    const address = /^[a-z]+:/i.test(href) ? href : `https://${href}`
    if (!href) chain.unsetLink().run()
    else if (this.host.editor.state.selection.empty && !this.host.editor.isActive('link')) chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href: address } }] }).run()
    else chain.setLink({ href: address }).run()
    this.closeLink()
  }

  closeLink() {
    this.asking?.remove()
    this.asking = undefined
    this.host.focusEditor()
  }
}

const levelOf = ({ dataset }) => (dataset.level ? { level: Number(dataset.level) } : {})

function icon(name) {
  const mark = document.createElement('span')
  mark.className = name
  mark.setAttribute('aria-hidden', 'true')
  return mark
}

function gap() {
  const line = document.createElement('span')
  line.className = 'tools-gap'
  return line
}
