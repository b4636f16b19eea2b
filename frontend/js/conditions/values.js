// What a row compares with: for each kind of field its own controls. Each widget has the nodes to show, and reads and
// writes a list of values and a zone.
import { picker } from './picker.js'

const FEW = 12
const BARE = ['filled', 'empty', 'yes', 'no']

/** The controls for a field and a way of comparing. */
export function widgetFor(field, operator, editor) {
  if (BARE.includes(operator.key)) return { kind: 'none', nodes: [], write() {}, read: () => ({ values: [] }) }
  if (operator.key.endsWith('_days')) return single('number', editor.words.days, { min: 1, step: 1 }, Number)
  const { words } = editor
  const made = {
    text: () => several(words.several, String),
    number: () => (operator.single ? single('number', words.number, { step: 'any' }, Number) : several(words.numbers, number)),
    date: () => zoned(single('date', words.date, {}, String), editor),
    hours: () => zoned(hours(words), editor),
    weekday: () => zoned(chips(field, editor), editor),
  }[field.kind]
  if (made) return made()
  if (operator.single) return select(field, editor)
  return field.options && field.options.length <= FEW ? chips(field, editor) : picker(field, editor)
}

function input(type, label, facts = {}) {
  const made = Object.assign(document.createElement('input'), { type, className: 'input input-sm', ...facts })
  made.setAttribute('aria-label', label)
  return made
}

const number = (text) => (text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text))

function single(type, label, facts, parse) {
  const control = input(type, label, facts)
  control.classList.add('is-short')
  return {
    kind: type,
    nodes: [control],
    write: (values) => (control.value = values[0] ?? ''),
    read: () => ({ values: control.value === '' ? [] : [parse(control.value)] }),
  }
}

function several(label, parse) {
  const control = input('text', label, { placeholder: label, autocomplete: 'off' })
  const pieces = () => control.value.split(',').map((word) => word.trim()).filter(Boolean)
  return {
    kind: 'several',
    nodes: [control],
    write: (values) => (control.value = values.join(', ')),
    read: () => ({ values: pieces().map(parse) }),
  }
}

function select(field, editor) {
  const control = Object.assign(document.createElement('select'), { className: 'select select-sm' })
  control.setAttribute('aria-label', editor.words.values)
  control.append(...field.options.map(([, label], at) => new Option(label, at)))
  let values = field.options.map(([value]) => value)
  return {
    kind: 'select',
    takes: 'chips',
    nodes: [control],
    write([chosen]) {
      if (chosen === undefined) return
      if (!values.includes(chosen)) {
        control.append(new Option(nameOf(field, chosen, editor), values.length))
        values = [...values, chosen]
      }
      control.value = String(values.indexOf(chosen))
    },
    read: () => ({ values: control.value === '' ? [] : [values[Number(control.value)]] }),
  }
}

function chips(field, editor) {
  const box = Object.assign(document.createElement('div'), { className: 'conditions-chips' })
  box.setAttribute('role', 'group')
  box.setAttribute('aria-label', editor.words.values)
  const known = []
  const add = (value, label, checked = false) => {
    const chip = Object.assign(document.createElement('label'), { className: 'conditions-chip' })
    const control = Object.assign(document.createElement('input'), { type: 'checkbox', className: 'checkbox', checked })
    chip.append(control, label)
    box.append(chip)
    known.push({ value, control })
  }
  for (const [value, label] of field.options) add(value, label)
  return {
    kind: 'chips',
    takes: 'select',
    nodes: [box],
    write(values) {
      for (const value of values) {
        const chip = known.find((each) => each.value === value)
        if (chip) chip.control.checked = true
        else add(value, nameOf(field, value, editor), true)
      }
    },
    read: () => ({ values: known.filter(({ control }) => control.checked).map(({ value }) => value) }),
  }
}

/** What a value is called that is not offered any more, or that is searched for. */
export function nameOf(field, value, editor) {
  const offered = field.options?.find(([each]) => each === value)?.[1]
  return offered ?? editor.names[field.key]?.[value] ?? `${value} (${editor.words.gone})`
}

// 9, 930, 9.30 and 24:00 are written as the server reads them; what is no time stays as it is and is complained of there.
function clock(text) {
  const [, hour, minute = '00'] = text.trim().match(/^(\d{1,2})(?:[:.]?(\d{2}))?$/) ?? []
  return hour ? `${hour === '24' ? '00' : hour.padStart(2, '0')}:${minute}` : text.trim()
}

function time(label, value) {
  const control = input('text', label, { value, placeholder: '00:00', inputMode: 'numeric', maxLength: 5, autocomplete: 'off' })
  control.classList.add('w-20')
  control.addEventListener('change', () => (control.value = clock(control.value)))
  return control
}

function hours(words) {
  const box = Object.assign(document.createElement('div'), { className: 'conditions-chips' })
  const more = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-ghost btn-xs', textContent: words.hours })
  const pairs = () => [...box.querySelectorAll('.conditions-hours')].map((pair) => [...pair.querySelectorAll('input')].map(({ value }) => clock(value)))
  const add = ([from, to]) => {
    const pair = Object.assign(document.createElement('span'), { className: 'conditions-hours' })
    pair.append(time(words.from, from), '–', time(words.to, to ?? ''))
    more.before(pair)
    return pair
  }
  box.append(more)
  more.addEventListener('click', () => add(['', '']).querySelector('input').focus())
  return {
    kind: 'hours',
    nodes: [box],
    write: (values) => (values.length ? values : ['09:00-18:00']).forEach((value) => add(String(value).split('-'))),
    read: () => ({ values: pairs().filter(([from, to]) => from || to).map(([from, to]) => `${from}-${to}`) }),
  }
}

function zoned(widget, editor) {
  const { dataset, id } = editor.root
  const zone = input('text', editor.words.zone, { placeholder: dataset.zone, autocomplete: 'off', spellcheck: false })
  zone.classList.add('conditions-zone')
  zone.setAttribute('list', `${id}_zones`)
  return {
    ...widget,
    nodes: [...widget.nodes, zone],
    write(values, chosen) {
      widget.write(values)
      zone.value = chosen ?? ''
    },
    read: () => ({ ...widget.read(), zone: zone.value.trim() }),
  }
}
