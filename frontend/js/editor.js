// <okno-editor>: a textarea that becomes a rich editor. The textarea stays inside, hidden, and is what the form
// posts, so that without this script everything still works. Ctrl+Enter sends, Escape leaves for the toolbar, Tab
// leaves for the next field. What was typed survives: drafts are saved, and htmx keeps the element (hx-preserve).
import { Editor } from '@tiptap/core'
import { Draft } from './editor/draft.js'
import { extensions } from './editor/extensions.js'
import { Files } from './editor/files.js'
import { Suggest } from './editor/suggest.js'
import { Toolbar } from './editor/toolbar.js'
import { text } from './texts.js'

class OknoEditor extends HTMLElement {
  connectedCallback() {
    // A moment later: a preserved editor takes the place of this one at once.
    queueMicrotask(() => this.isConnected && !this.editor && this.prepare())
  }

  prepare() {
    this.area = this.querySelector('textarea') ?? this.appendChild(document.createElement('textarea'))
    this.area.name ||= this.getAttribute('name') ?? ''
    this.dataset.textDrop = text('dropHere')
    this.build()
  }

  disconnectedCallback() {
    // A moment later: when it was only moved within the page, it lives on.
    setTimeout(() => {
      if (this.isConnected || !this.editor) return
      this.draft?.end()
      this.editor.destroy()
      this.editor = undefined
    })
  }

  build() {
    const place = document.createElement('div')
    this.area.before(place)
    this.files = new Files(this)
    this.editor = new Editor({
      element: place,
      injectCSS: false, // style elements are forbidden; the rules are in editor.css
      extensions: extensions(this.area.placeholder),
      content: this.area.value,
      editorProps: {
        attributes: {
          class: 'letter',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': this.dataset.label ?? this.area.getAttribute('aria-label') ?? '',
        },
        handleKeyDown: (_view, event) => this.key(event),
        handlePaste: (_view, event) => this.files.take(event.clipboardData),
        handleDrop: (_view, event) => this.files.take(event.dataTransfer),
      },
      onUpdate: () => this.changed(),
      onSelectionUpdate: () => this.suggest?.look(),
    })
    this.toolbar = new Toolbar(this)
    this.suggest = new Suggest(this)
    this.draft = this.dataset.draftUrl ? new Draft(this) : undefined
    if (this.area.value !== this.area.defaultValue) this.changed() // typed before the editor was there
    if (document.activeElement === this.area) this.focusEditor()
    this.classList.add('is-ready')
  }

  get form() {
    return this.closest('form')
  }

  get value() {
    return this.editor?.isEmpty ? '' : (this.editor?.getHTML() ?? this.area.value)
  }

  set value(html) {
    this.editor?.commands.setContent(html)
    this.area.value = html
  }

  changed() {
    this.area.value = this.value
    this.area.dispatchEvent(new Event('input', { bubbles: true }))
    this.suggest?.look()
    this.draft?.touch()
  }

  key(event) {
    if (this.suggest?.key(event)) return true
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      this.submit()
      return true
    }
    if (event.key === 'Escape') {
      this.toolbar.focus()
      return true
    }
    return false
  }

  submit() {
    if (this.files.busy) return this.files.wait(() => this.submit())
    this.form?.requestSubmit(this.form.querySelector('[data-send]') ?? undefined)
  }

  /** At once, so that the next key is a letter and no command of the page; the first time behind what stands there. */
  focusEditor() {
    this.editor?.view.focus()
    this.editor?.commands.focus(this.visited ? undefined : 'end')
    this.visited = true
  }

  /** After sending: empty, without files, and without a draft. */
  clear() {
    this.draft?.stop()
    this.editor.commands.clearContent()
    this.files.clear()
    this.area.value = ''
    this.draft?.stop()
  }
}

customElements.define('okno-editor', OknoEditor)

// HX-Trigger: {"composer:clear": {"id": "composer"}}: the message was taken.
document.addEventListener('composer:clear', (event) => {
  const id = event.detail?.id
  for (const editor of document.querySelectorAll('okno-editor')) if (!id || editor.id === id) editor.clear()
})
// HX-Trigger: {"composer:insert": {"id": "composer", "html": "..."}}: an article or a canned reply was chosen elsewhere.
document.addEventListener('composer:insert', (event) => {
  const { id, html } = event.detail
  const element = id ? document.getElementById(id) : document.querySelector('okno-editor')
  element?.editor?.chain().focus().insertContent(html).run()
})
