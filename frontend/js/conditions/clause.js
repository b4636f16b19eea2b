// One row: what is compared, how, and with what. A new field or way of comparing brings its own kind of value; what was
// written stays where it still fits.
import { widgetFor } from './values.js'

export class Clause {
  constructor(row, data, editor) {
    this.editor = editor
    this.data = data
    this.what = row.querySelector('[data-field]')
    this.how = row.querySelector('[data-operator]')
    this.place = row.querySelector('[data-value]')
    this.offerFields(data.field ?? '')
    this.offerOperators(data.operator)
    this.offerValues(data.values ?? [], data.zone ?? '')
  }

  get field() {
    return this.editor.offer.fields.find((field) => field.key === this.what.value)
  }

  get operator() {
    return this.field?.operators.find((operator) => operator.key === this.how.value)
  }

  offerFields(chosen) {
    this.what.append(new Option(this.editor.words.choose, '', !chosen))
    const sections = Map.groupBy(this.editor.offer.fields, (field) => field.section)
    for (const [section, fields] of sections) {
      const group = Object.assign(document.createElement('optgroup'), { label: section })
      group.append(...fields.map((field) => new Option(field.label, field.key)))
      this.what.append(group)
    }
    if (chosen && !this.editor.offer.fields.some((field) => field.key === chosen)) {
      this.what.append(new Option(`${chosen} (${this.editor.words.gone})`, chosen))
    }
    this.what.value = chosen
  }

  offerOperators(chosen) {
    const offered = this.field?.operators ?? (chosen && this.what.value ? [{ key: chosen, label: chosen }] : [])
    this.how.replaceChildren(...offered.map((operator) => new Option(operator.label, operator.key)))
    this.how.hidden = !offered.length
    if (offered.some((operator) => operator.key === chosen)) this.how.value = chosen
  }

  offerValues(values, zone) {
    this.widget = this.operator && this.field ? widgetFor(this.field, this.operator, this.editor) : keeper()
    this.widget.write(values, zone)
    this.kind = this.widget.kind
    this.place.replaceChildren(...this.widget.nodes)
  }

  changed(control) {
    if (control === this.what) {
      this.offerOperators(this.how.value)
      this.offerValues([], '')
    } else if (control === this.how) {
      const { values, zone } = this.widget.read()
      const next = widgetFor(this.field, this.operator, this.editor)
      this.offerValues(next.kind === this.kind || next.takes === this.kind ? values : [], zone ?? '')
    }
  }

  read() {
    const read = this.widget.read()
    const data = { field: this.what.value, operator: this.how.value }
    if (read.values?.length) data.values = read.values
    if (read.zone) data.zone = read.zone
    return data
  }
}

// A row whose field is not known any more keeps what it had until it is removed or chosen anew.
function keeper() {
  let kept = {}
  return {
    kind: 'kept',
    nodes: [],
    write: (values, zone) => (kept = { values, zone }),
    read: () => kept,
  }
}
