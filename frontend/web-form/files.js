// Files: chosen, dropped or pasted, shown with their sizes, and taken out again.
import { el, icon } from './elements.js'

const MEGABYTE = 1024 * 1024

export class FileField {
  constructor(field, facts) {
    this.facts = facts
    this.chosen = []
    this.input = el('input', {
      id: field.code,
      type: 'file',
      multiple: '',
      class: 'choose',
      'aria-describedby': `${field.code}-wrong`,
    })
    this.input.addEventListener('change', () => {
      this.add(this.input.files)
      this.input.value = ''
    })
    const face = el('span', { class: 'drop-face', 'aria-hidden': 'true' }, icon('file'), facts.texts.choose)
    this.list = el('ul', { class: 'files' })
    this.element = el('div', { class: 'drop' }, this.input, face, this.list)
    for (const name of ['dragover', 'drop']) this.element.addEventListener(name, (event) => event.preventDefault())
    this.element.addEventListener('drop', (event) => this.add(event.dataTransfer?.files ?? []))
  }

  add(files) {
    this.chosen = [...this.chosen, ...files].slice(0, this.facts.files.most)
    this.show()
  }

  clear() {
    this.chosen = []
    this.show()
  }

  show() {
    const { texts, files, language } = this.facts
    const total = this.chosen.reduce((sum, file) => sum + file.size, 0)
    this.element.classList.toggle('too-much', total > files.megabytes * MEGABYTE)
    this.list.replaceChildren(
      ...this.chosen.map((file) => {
        const remove = el('button', { type: 'button', 'aria-label': `${texts.remove}: ${file.name}` }, icon('close'))
        remove.addEventListener('click', () => {
          this.chosen = this.chosen.filter((each) => each !== file)
          this.show()
          this.input.focus()
        })
        const size = sizeOf(file, language)
        return el('li', {}, el('span', { class: 'file-name' }, file.name), el('span', { class: 'size' }, size), remove)
      }),
    )
  }
}

function sizeOf(file, language) {
  const large = file.size >= MEGABYTE
  const unit = large ? 'megabyte' : 'kilobyte'
  const format = new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: large ? 1 : 0 })
  return format.format(large ? file.size / MEGABYTE : Math.max(file.size / 1024, 1))
}
