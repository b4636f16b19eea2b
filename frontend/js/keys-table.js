// The table of the "?" window, made from what the page declares.
import { text } from './texts.js'

const SIGNS = { mod: /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl', enter: '↵', shift: 'Shift', escape: 'Esc' }

function sign(key) {
  const box = document.createElement('kbd')
  box.className = 'kbd'
  box.textContent = key.split('+').map((part) => SIGNS[part] ?? part.toUpperCase()).join(' ')
  return box
}

function line(keys, label) {
  const row = document.createElement('div')
  const name = document.createElement('dt')
  const value = document.createElement('dd')
  name.textContent = label
  value.append(...keys.split(' ').map(sign))
  row.append(name, value)
  return row
}

function labelOf(element) {
  return element.dataset.keyLabel ?? element.getAttribute('aria-label') ?? element.textContent.replace(/\s+/g, ' ').trim()
}

function declared() {
  const known = new Map()
  for (const element of document.querySelectorAll('[data-key]')) {
    if (!known.has(element.dataset.key)) known.set(element.dataset.key, { label: labelOf(element), group: element.dataset.keyGroup })
  }
  return known
}

/** Fills a <dl> with groups: those that elements name (data-key-group), the list's, the editor's. */
export function fillKeys(table) {
  const groups = new Map()
  const add = (group, keys, label) => groups.set(group, [...(groups.get(group) ?? []), line(keys, label)])
  for (const [keys, { label, group }] of declared()) add(group ?? text('keysGeneral'), keys, label)
  add(text('keysGeneral'), '?', text('keyHelp'))
  if (document.querySelector('[data-list]')) {
    for (const [keys, name] of [['j', 'keyNext'], ['k', 'keyPrevious'], ['enter', 'keyOpen']]) add(text('keysList'), keys, text(name))
    if (document.querySelector('[data-row-check]')) add(text('keysList'), 'x', text('keyChoose'))
  }
  if (document.querySelector('okno-editor')) {
    add(text('keysEditor'), 'mod+enter', text('keySend'))
    add(text('keysEditor'), 'escape', text('keyLeave'))
  }
  table.replaceChildren(...[...groups].map(([title, lines]) => {
    const group = document.createElement('div')
    group.className = 'keys-group'
    const head = document.createElement('h3')
    head.textContent = title
    const list = document.createElement('dl')
    list.append(...lines)
    group.append(head, list)
    return group
  }))
}
